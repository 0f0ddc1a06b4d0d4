/** A confidence from 0 to 100 as a list states it, as a number or as text; nothing for anything else. */
export function confidenceOf(value: unknown): { confidence?: number } {
  const confidence = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof confidence === 'number' && confidence >= 0 && confidence <= 100 ? { confidence } : {};
}

/** RFC 3339, the seconds and their fraction left out or not; without a zone it is UTC. */
const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(?:UTC|Z)?([+-]\d\d:?\d\d)?$/i;

/** When an entry ends to be valid, as a list states it; nothing for what is no time. */
export function timeOf(value: unknown): { validUntil?: number } {
  const parts = typeof value === 'string' ? TIMESTAMP.exec(value.trim()) : null;
  const validUntil = parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2]}${parts[3] ?? 'Z'}`);
  return Number.isNaN(validUntil) ? {} : { validUntil };
}
