import { v5 as uuid } from 'uuid';

/** Namespace of the names that we derive; any fixed UUID serves. */
const NAMESPACE = '6f1c1d0e-3a53-5d0c-9a0b-7c2b8f1f4e21';
/** .NET's DateTime.MaxValue in ticks of 100 ns: Azure counts down from it, so that newer names sort first. */
const MAX_TICKS = 3_155_378_975_999_999_999n;
/** From 0001-01-01 to 1970-01-01. */
const EPOCH_MS = 62_135_596_800_000n;

/** Deterministic name of an alert: 19 digits of reversed ticks, `_`, UUID v5 of what identifies it. */
export function alertName(detector: string, resourceKey: string, dedupKey: string, startTime: number): string {
  const ticks = (BigInt(Math.trunc(startTime)) + EPOCH_MS) * 10_000n;
  const reversed = (MAX_TICKS - ticks).toString().padStart(19, '0');
  return `${reversed}_${uuid(JSON.stringify([detector, resourceKey, dedupKey, startTime]), NAMESPACE)}`;
}

/** The same for all alerts of one intrusion, which the alert that was opened first names. */
export function correlationKey(firstName: string): string {
  return uuid(JSON.stringify(['correlation', firstName]), NAMESPACE);
}
