/**
 * Where a process is killed on purpose, to prove that nothing is lost or doubled: `VEDETTE_FAULT=upsert:3` kills it when it
 * comes to the third `upsert`. Unset: nothing ever happens.
 */
export type FaultName =
  | 'read'
  | 'judge'
  | 'upsert'
  | 'upserted'
  | 'checkpoint'
  | 'checkpointed'
  | 'rotate'
  | 'migrate'
  | 'notify'
  | 'spool-part'
  | 'spooled'
  | 'archive-written'
  | 'archive-moved'
  | 'archive-renamed'
  | 'archive-listed'
  | 'archive-released'
  | 'archive-merged';

const [wanted, count] = (process.env.VEDETTE_FAULT ?? '').split(':');
let left = Number(count ?? 1);

/** Kills the process by a signal that nothing can catch, if it is to die here. */
export function faultPoint(name: FaultName): void {
  if (name === wanted && --left === 0) {
    process.kill(process.pid, 'SIGKILL');
  }
}
