import type { Activity } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { fingerprintOf } from '../../sql/fingerprint-of.ts';
import { Mark } from '../../sql/mark.ts';
import { normalText } from '../../sql/shape-of.ts';
import type { Report } from '../detector.ts';
import { mixesConditions } from './mixed-conditions.ts';
import { suspicionOf } from './probing.ts';
import { noteProbe } from './report-probing.ts';
import { shownStatement } from './shown-statement.ts';
import type { Settings, State } from './sql-injection.ts';
import {
  ALWAYS_TRUE,
  BREAKS_OUT,
  BROKEN,
  FOREIGN,
  isTelling,
  MIXES,
  NEW_SHAPE,
  structureVotes,
  sumOf,
  type Vote,
} from './votes.ts';

/** HTTP: from here on a request was not answered as asked. */
const FIRST_ERROR = 400;
const MIN_SUSPICIOUS = 4;
/** Words of other databases' languages: queries of Cosmos DB only select, without UNION. */
const FOREIGN_WORDS =
  /(?:^|;)(?:drop|insert|update|delete|exec|execute|create|alter|shutdown)\b|\b(?:union (?:all )?select|information_schema|pg_sleep|sleep\(|benchmark\(|waitfor delay|xp_cmdshell|sysobjects|load_file\(|extractvalue\(|dbms_\w+|utl_\w+)/;
/** `OR true`, and functions that are true of whatever is there. */
const TRUE_WORDS =
  /\bor (?:not )?\(*(?:true\b|\?=\?|is_defined\(\w+\)|is_string\(\?\)|is_number\(\?\)|\? in\(\?\)|contains\(\?,\?\)|startswith\(\?,\?\))/;

/** Judges a query of Cosmos DB, then learns it unless it is suspicious. */
export function judgeQuery(
  activity: Activity,
  state: State,
  options: Settings,
  report: Report,
  resource: Resource,
): void {
  const fingerprint = fingerprintOf(activity);
  if (fingerprint.length === 0) {
    return;
  }
  const { time } = activity;
  const { low, high, marks } = fingerprint;
  const scope = state.scopes.of(activity);
  const isError = activity.status >= FIRST_ERROR;
  const isKnown = state.scopes.meet(scope, low, high, time);
  if (isKnown && (marks & ~Mark.stacked) === 0) {
    return;
  }
  const text = activity.statementText();
  const { signs } = state.queries.shapeOf(fingerprint, activity);
  const again = fingerprintOf(activity); // as read anew
  const key = { low, high };
  const wasLetPass = !isKnown && state.scopes.wasLetPass(scope, key, time);
  const normal = isKnown ? '' : normalText(again);
  const votes = votesOf(isKnown ? 0 : signs, marks, normal, isError);
  const mayMix = normal.includes(' or ');
  const knownEnd = !isKnown && (mayMix || isTelling(votes)) ? state.scopes.knownEnd(scope, again, time) : 0;
  votes.push(...(mayMix && knownEnd > 0 && mixesConditions(normal.slice(knownEnd)) ? [MIXES] : []));
  if (isTelling(votes) && !isKnown) {
    votes.push(...(knownEnd > 0 ? [BREAKS_OUT] : []));
    votes.push(...(!isError && !wasLetPass && state.scopes.isNewnessUnusual(scope, time) ? [NEW_SHAPE] : []));
  }
  if (sumOf(votes) >= MIN_SUSPICIOUS) {
    const suspicion = suspicionOf(votes, votes.includes(BROKEN) && votes.length <= 2);
    const shown = () => shownStatement(text.replaceAll('"', "'"), marks);
    const suspect = state.scopes.suspect(scope, activity);
    const query = { key: `${low} ${high} ${marks}`, suspicion, shown, isError, wasLetPass };
    if (!noteProbe(suspect, query, activity, options, report, resource) && !isError) {
      state.scopes.letPass(scope, key, time);
    }
  } else if (!isKnown && !isError) {
    state.scopes.learn(scope, key, again, time);
  }
}

function votesOf(signs: number, marks: number, normal: string, isError: boolean): Vote[] {
  const votes = structureVotes(signs, marks);
  const isOdd = (marks & (Mark.unterminated | Mark.unbalanced)) !== 0;
  return [
    ...votes,
    ...(TRUE_WORDS.test(normal) ? [ALWAYS_TRUE] : []),
    ...(FOREIGN_WORDS.test(normal) ? [FOREIGN] : []),
    ...(isError && isOdd ? [BROKEN] : []),
  ];
}
