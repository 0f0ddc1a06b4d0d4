import type { Activity } from '../model/activity.ts';
import { type Fingerprint, fingerprint } from './fingerprint.ts';

let latest: Fingerprint | undefined;

/**
 * The fingerprint of the statement of an activity; its `end` is 0 where there is no statement. Several judges ask for
 * it, one after the other: it is read once, as long as nobody asks for another between.
 */
export function fingerprintOf(activity: Pick<Activity, 'engine' | 'serial' | 'readStatement'>): Fingerprint {
  const { serial } = activity;
  if (latest?.serial !== serial) {
    latest = activity.readStatement(activity.engine === 'cosmosdb' ? readCosmos : readPostgresql);
    latest.serial = serial;
  }
  return latest;
}

const readCosmos = (bytes: Uint8Array, start: number, end: number) => fingerprint(bytes, start, end, 'cosmosdb');
const readPostgresql = (bytes: Uint8Array, start: number, end: number) => fingerprint(bytes, start, end, 'postgresql');
