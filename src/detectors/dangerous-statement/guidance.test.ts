import { expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import { at, brazil, day, type Happening, replay, replayOnce, signIn } from '../testkit.ts';
import { dangerousStatement } from './dangerous-statement.ts';

const NIGHT = at(9, 2);

/** `postgres` sends a statement from Brazil. */
function statement(sql: string, what: Partial<Happening> = {}): Happening {
  return signIn({
    class: ActivityClass.statement,
    time: NIGHT,
    principal: 'postgres',
    address: brazil,
    statement: sql,
    ...what,
  });
}

it('holds little of a flood of made-up statements', () => {
  const history = Array.from({ length: 20_000 }, (_, n) =>
    statement(`COPY t${n} FROM PROGRAM 'x'`, { time: day(1) + n, principal: `role ${n % 3000}` }),
  );

  expect(replayOnce(dangerousStatement, history).length).toBeGreaterThan(2999);
});

it('gives commands that cannot be broken out of', () => {
  const principal = `x"; DROP TABLE a; --'\n\u202e`;
  const [{ finding }] = replay(dangerousStatement, [statement('COPY "t\u202e" FROM PROGRAM \'id\'', { principal })]);
  const steps = [...finding.guidance.investigation, ...finding.guidance.remediation].join('\n');

  expect(steps).toContain(`ALTER ROLE "x""; DROP TABLE a; --'\ufffd\ufffd" NOLOGIN;`);
  expect(`${steps}${finding.summary}${Object.values(finding.observed).join('')}`).not.toContain('\u202e');
});
