import type { Activity, ReadStatement } from '../model/activity.ts';
import { type Fingerprint, fingerprint } from './fingerprint.ts';
import { noteFingerprint, recallFingerprint } from './fingerprint-memo.ts';

type Told = Pick<Activity, 'engine' | 'serial' | 'readStatement' | 'readRecorded'>;

let latest: Fingerprint | undefined;

/**
 * The fingerprint of the statement of an activity; its `length` is 0 where there is no statement. Several judges ask for
 * it, one after the other: it is read once, as long as nobody asks for another between.
 */
export function fingerprintOf(activity: Told): Fingerprint {
  const { serial } = activity;
  if (latest?.serial !== serial) {
    latest = activity.readRecorded(recallFingerprint) ?? readNew(activity);
    latest.serial = serial;
  }
  return latest;
}

function readNew(activity: Told): Fingerprint {
  const read = activity.readStatement(activity.engine === 'cosmosdb' ? readCosmos : readPostgresql);
  noteFingerprint(read);
  return read;
}

const readCosmos: ReadStatement<Fingerprint> = (bytes, start, end) => fingerprint(bytes, start, end, 'cosmosdb');
const readPostgresql: ReadStatement<Fingerprint> = (bytes, start, end) => fingerprint(bytes, start, end, 'postgresql');
