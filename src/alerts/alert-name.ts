import { hash } from 'node:crypto';

/** Namespace of the names that we derive; any fixed UUID serves. */
const NAMESPACE = Buffer.from('6f1c1d0e3a535d0c9a0b7c2b8f1f4e21', 'hex');
/** .NET's DateTime.MaxValue in ticks of 100 ns: Azure counts down from it, so that newer names sort first. */
const MAX_TICKS = 3_155_378_975_999_999_999n;
/** From 0001-01-01 to 1970-01-01. */
const EPOCH_MS = 62_135_596_800_000n;

/** Deterministic name of an alert: 19 digits of reversed ticks, `_`, UUID v5 of what identifies it. */
export function alertName(detector: string, resourceKey: string, dedupKey: string, startTime: number): string {
  const ticks = (BigInt(Math.trunc(startTime)) + EPOCH_MS) * 10_000n;
  const reversed = (MAX_TICKS - ticks).toString().padStart(19, '0');
  return `${reversed}_${uuidOf(JSON.stringify([detector, resourceKey, dedupKey, startTime]))}`;
}

/** The same for all alerts of one intrusion, which the alert that was opened first names. */
export function correlationKey(firstName: string): string {
  return uuidOf(JSON.stringify(['correlation', firstName]));
}

/** UUID v5 (RFC 9562, 5.5) of a text in our namespace. The library takes four times as long, and there may be thousands. */
function uuidOf(text: string): string {
  const digits = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(text)]), 'hex');
  const variant = (8 | (Number.parseInt(digits[16]!, 16) & 3)).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `5${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
