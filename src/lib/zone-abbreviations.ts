const HOUR_MS = 3_600_000;

/**
 * Hours from UTC of the abbreviations that have stood for one offset only since 2019, whichever zone wrote them, and of
 * PST and PDT, which are those of Los Angeles, as PostgreSQL itself reads them (timezone_abbreviations, Default): Manila,
 * which writes PST since 2024, needs `timezone:`. Left out: CST and IST, which stand for three, and CDT and IDT, whose zones
 * write one of those in winter: a log must not become unreadable when the clocks change.
 */
const HOURS: Readonly<Record<string, number>> = {
  ACDT: 10.5,
  ACST: 9.5,
  ADT: -3,
  AEDT: 11,
  AEST: 10,
  AKDT: -8,
  AKST: -9,
  AST: -4,
  AWST: 8,
  BST: 1,
  CAT: 2,
  CEST: 2,
  CET: 1,
  ChST: 10,
  EAT: 3,
  EDT: -4,
  EEST: 3,
  EET: 2,
  EST: -5,
  HDT: -9,
  HKT: 8,
  HST: -10,
  JST: 9,
  KST: 9,
  MDT: -6,
  MEST: 2,
  MET: 1,
  MSK: 3,
  MST: -7,
  NDT: -2.5,
  NST: -3.5,
  NZDT: 13,
  NZST: 12,
  PDT: -7,
  PKT: 5,
  PST: -8,
  SAST: 2,
  SST: -11,
  WAT: 1,
  WEST: 1,
  WET: 0,
  WIB: 7,
  WIT: 9,
  WITA: 8,
};
const OFFSETS = new Map(Object.entries(HOURS).map(([name, hours]) => [name, hours * HOUR_MS]));

/** Milliseconds from UTC that an abbreviation stands for wherever it is written; undefined where that is not known. */
export function offsetOfAbbreviation(zone: string): number | undefined {
  return OFFSETS.get(zone);
}
