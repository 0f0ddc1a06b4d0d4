import { addressesIn } from '../lib/stix-pattern.ts';
import type { StixObject } from '../lib/taxii/read-objects.ts';

/** What is kept of an indicator: what a list tells of an address, and by what it is known again. */
const KEPT = [
  ...['type', 'id', 'modified', 'name', 'pattern', 'pattern_type'],
  ...['indicator_types', 'labels', 'confidence', 'valid_from', 'valid_until'],
];
/** Indicators of one collection. */
const MOST = 500_000;
/** Of one value, in characters: what is longer is no indicator of addresses. */
const LONGEST = 65_536;
/** So long after its end an indicator is forgotten; milliseconds. Until then it may be asked about what was. */
const FORGOTTEN_MS = 30 * 24 * 3_600_000;

/** The indicators of a collection that are about addresses, as they hold at present. */
export interface IndicatorFile {
  /** A new one, a later version of one that is known, or one that was revoked. */
  take(object: StixObject): void;
  /** How many objects were taken. */
  readonly taken: number;
  /** As a bundle of STIX 2.1 without what is over. */
  text(now: number): string;
}

/** @param before a bundle that this wrote; absent: none is known */
export function indicatorFile(before?: string): IndicatorFile {
  const indicators = new Map<string, StixObject>();
  let taken = 0;

  function take(object: StixObject): void {
    const { id } = object;
    if (typeof id !== 'string' || !isLater(object, indicators.get(id))) {
      return;
    }
    indicators.delete(id);
    if (object.revoked !== true && isAboutAddresses(object)) {
      indicators.set(id, shortened(object));
    }
    if (indicators.size > MOST) {
      throw new Error(`the collection has more than ${MOST} indicators about addresses; take a smaller one`);
    }
  }

  if (before !== undefined) {
    (JSON.parse(before) as { objects: StixObject[] }).objects.forEach(take);
  }
  return {
    take(object) {
      taken++;
      take(object);
    },
    get taken() {
      return taken;
    },
    text(now) {
      const objects = [...indicators.values()].filter(({ valid_until: until }) => !isOver(until, now));
      return `${JSON.stringify({ type: 'bundle', id: BUNDLE, objects })}\n`;
    },
  };
}

/** Ours; what it is called makes no difference. */
const BUNDLE = 'bundle--5d0c1a3e-8e0a-4a5e-9d5e-5a2f0c6b7d11';

function isLater({ modified }: StixObject, known: StixObject | undefined): boolean {
  return known === undefined || !(Date.parse(String(modified)) < Date.parse(String(known.modified)));
}

function isAboutAddresses({ type, pattern, pattern_type: language = 'stix' }: StixObject): boolean {
  const isPattern = type === 'indicator' && language === 'stix' && typeof pattern === 'string';
  return isPattern && pattern.length <= LONGEST && (addressesIn(pattern)?.length ?? 0) > 0;
}

function shortened(object: StixObject): StixObject {
  return Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = object[name];
      return value === undefined || JSON.stringify(value).length > 2 * LONGEST ? [] : [[name, value]];
    }),
  );
}

function isOver(until: unknown, now: number): boolean {
  return typeof until === 'string' && Date.parse(until) < now - FORGOTTEN_MS;
}
