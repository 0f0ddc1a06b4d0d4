import { expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import { ErrorState } from '../../sql/error-state.ts';
import { at, brazil, type Happening, replay, signIn } from '../testkit.ts';
import { dangerousStatement } from './dangerous-statement.ts';

const NIGHT = at(9, 2);

function statement(sql: string, what: Partial<Happening> = {}): Happening {
  const happening = { class: ActivityClass.statement, time: NIGHT, principal: 'postgres', address: brazil };
  return signIn({ ...happening, statement: sql, ...what });
}

it.each([
  [
    'password hashes',
    'SELECT id FROM t WHERE id = 1 AND 1 = CAST((SELECT passwd FROM pg_shadow LIMIT 1) AS int)',
    'done',
  ],
  ['file', "SELECT id FROM t WHERE id = 1 AND 1 = CAST((SELECT pg_read_file('x') LIMIT 1) AS int)", 'done'],
  ['password hashes', "SELECT passwd FROM pg_shadow WHERE usesysid = 'x'", 'attempted'],
] as const)('fires on %s that an error tells as on those that rows tell: %s', (variant, sql, outcome) => {
  const failure = { class: ActivityClass.statementError, status: ErrorState.invalidTextRepresentation };
  const isDone = outcome === 'done';
  const alone = replay(dangerousStatement, [statement(sql, failure)]);
  const behind = replay(dangerousStatement, [statement(sql), statement(sql, { ...failure, time: NIGHT + 5 })]);

  for (const [{ finding, count }, ...more] of [alone, behind]) {
    expect(more).toEqual([]);
    expect([finding.variant, count]).toEqual([isDone ? variant : `${variant}, attempted`, 1]);
  }
  expect(alone[0]?.finding.severity).toBe(isDone ? 'High' : 'Medium');
});
