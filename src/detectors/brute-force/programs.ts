import type { Activity } from '../../model/activity.ts';
import type { Report } from '../detector.ts';
import { absorb } from './absorb.ts';
import type { Client } from './client.ts';
import { addFailure, createGuessing, type Guessing, namesOf } from './guessing.ts';
import type { Rule } from './rule.ts';
import { flag, settleGuessing, tellFailure } from './tell.ts';

/** Programs noted at a time; of more the oldest is forgotten. */
const MAX_PROGRAMS = 256;
/** Quiet after which the same is another matter: as long as alerts stay open. */
const QUIET_MS = 24 * 3_600_000;

/** Programs with a wrong secret, by principal and place: a deployment of a hundred pods is one note. */
export type Programs = Map<string, Guessing>;

/**
 * Notes a failure of a client that is misconfigured.
 *
 * @param failures all of the client's, the present one included
 * @param isFirst whether those before it have not been noted
 */
export function noteProgram(
  programs: Programs,
  client: Client,
  failures: Guessing,
  activity: Activity,
  rule: Rule,
  isFirst: boolean,
  report: Report,
): void {
  const key = `${namesOf(failures)[0].name}|${client.place === 0 ? client.key : client.place}`;
  const known = programs.get(key);
  const isOpen = known !== undefined && activity.time - known.lastFailureTime <= QUIET_MS;
  const program = isOpen ? known : startProgram(programs, key, failures, activity, rule, report);
  if (isFirst || !isOpen) {
    absorb(program, failures);
  } else {
    addFailure(program, activity, () => activity.keep());
  }
  tellFailure(program, activity, report);
}

function startProgram(
  programs: Programs,
  key: string,
  failures: Guessing,
  activity: Activity,
  rule: Rule,
  report: Report,
): Guessing {
  const [oldest] = programs.keys();
  const given = programs.has(key) ? key : programs.size === MAX_PROGRAMS ? oldest : undefined;
  if (given !== undefined) {
    settleGuessing(programs.get(given)!, report);
    programs.delete(given);
  }
  const program: Guessing = {
    ...createGuessing('program', activity, failures.resource),
    firstTime: failures.firstTime,
    firstRecords: [...failures.firstRecords],
    databases: [...failures.databases],
    isMisconfigured: true,
  };
  flag(program, rule, failures.score);
  programs.set(key, program);
  return program;
}
