import { MANY, type Shape } from '../../sql/shape.ts';
import type { Action } from './actions-of.ts';

const HOUR_MS = 3_600_000;
/** Principals whose deletions are counted at a time. */
const MAX_PRINCIPALS = 1024;
/** Tables that must be gone before a name that may be innocent is taken for a note. */
const MIN_TABLES = 3;
/** Names that extortionists give the table with their demand. */
const NOTE =
  /(?:^|_|\.)(?:read_?me_?(?:to|for|now|please|important|first)|please_?read|how_?to_?(?:recover|restore|get|decrypt|unlock)|recover_?(?:your|my|data|db|database)|restore_?your|your_?(?:data|database|db)s?_?(?:is|are|was|were|has|have|recover)|ransom\w*|bitcoin|btc|pay_?(?:me|now)|hacked|pwned|data_?(?:leak|hostage))(?:_|\d|$)/i;
const MAYBE_NOTE = /^(?:\w+\.)?_*(?:read_?me|warnings?|attention|important|recovery|notice)_*\d*$/i;

const note = (severity: Action['severity']): Action => ({
  variant: 'ransom',
  deed: severity === 'High' ? 'destroy data and leave a ransom note' : 'leave what looks like a ransom note',
  severity,
  tactic: 'TA0040',
  technique: 'T1485',
});

/** What a principal deleted lately. */
interface Deletions {
  /** Databases count as many tables. */
  tables: number;
  time: number;
}

/** Deletions of the last hour by principal. */
export type Destruction = Map<string, Deletions>;

/** Counts what a statement deletes, and says whether it leaves a ransom note. */
export function ransomActions(destruction: Destruction, principal: string, shape: Shape, time: number): Action[] {
  const deleted = deletedTables(shape);
  const recent = destruction.get(principal);
  const before = recent !== undefined && time - recent.time <= HOUR_MS ? recent.tables : 0;
  if (deleted > 0) {
    if (recent === undefined && destruction.size >= MAX_PRINCIPALS) {
      destruction.delete(destruction.keys().next().value!);
    }
    destruction.set(principal, { tables: before + deleted, time });
  }
  const names = shape.effects.flatMap(({ kind, object }) => (kind === 'create' ? [object] : []));
  const isDestroyed = before + deleted >= MIN_TABLES;
  if (names.some((name) => NOTE.test(name))) {
    return [note(isDestroyed ? 'High' : 'Medium')];
  }
  return isDestroyed && names.some((name) => MAYBE_NOTE.test(name)) ? [note('High')] : [];
}

function deletedTables({ effects }: Shape): number {
  return effects.reduce((sum, { kind, object, value }) => {
    if (kind !== 'drop' && kind !== 'truncate') {
      return sum;
    }
    const count = value === MANY ? MIN_TABLES : Math.max(1, Number(value) || 1);
    const isTable = object === 'table' || object === 'view';
    return (
      sum +
      (isTable ? count : object === 'database' || object === 'schema' || object === 'owned' ? MIN_TABLES * count : 0)
    );
  }, 0);
}
