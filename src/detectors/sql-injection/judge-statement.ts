import { type Activity, ActivityClass } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { fingerprintOf } from '../../sql/fingerprint-of.ts';
import { Mark } from '../../sql/mark.ts';
import { Sign } from '../../sql/shape.ts';
import { normalText } from '../../sql/shape-of.ts';
import type { Report } from '../detector.ts';
import { isHandTool } from '../hand-tools.ts';
import { signsOfOthers } from './authors-signs.ts';
import { noteFault } from './faulty.ts';
import { suspicionOf } from './probing.ts';
import { noteProbe } from './report-probing.ts';
import type { Scopes } from './scopes.ts';
import { shownStatement } from './shown-statement.ts';
import type { Settings, State } from './sql-injection.ts';
import {
  BREAKS_OUT,
  BROKEN,
  errorVotes,
  isTelling,
  NEW_SHAPE,
  structureVotes,
  sumOf,
  UNITES,
  type Vote,
} from './votes.ts';

const UNION = /^\)* ?union\b/;
/** Votes from which a statement is remembered as suspicious, and does not teach. */
const MIN_SUSPICIOUS = 4;
/**
 * Judges a statement of PostgreSQL, then learns it unless it is suspicious, or is not for its literals: with others it
 * would be.
 */
export function judgeStatement(
  activity: Activity,
  state: State,
  options: Settings,
  report: Report,
  resource: Resource,
): void {
  if (activity.isRepeated === true) {
    state.scopes.of(activity);
    return;
  }
  const fingerprint = fingerprintOf(activity);
  if (fingerprint.length === 0) {
    return;
  }
  const { time, status } = activity;
  const { low, high, marks, isPlain } = fingerprint;
  const scope = state.scopes.of(activity);
  const isError = activity.class === ActivityClass.statementError;
  const isKnown = state.scopes.meet(scope, low, high, time);
  if (isKnown && (marks & ~Mark.stacked) === 0 && !isError) {
    return; // nearly all statements
  }
  if (isPlain && !isError) {
    state.scopes.learn(scope, { low, high }, fingerprint, time);
    return; // nearly all that are new
  }
  report.unsettled();
  const shape = state.statements.shapeOf(fingerprint, activity);
  const signs = isKnown ? 0 : signsOfOthers(shape.signs, activity, state.statements);
  const key = { low, high };
  const wasLetPass = !isKnown && state.scopes.wasLetPass(scope, key, time);
  const votes = [...structureVotes(signs, marks), ...(isError ? errorVotes(status, shape.signs, marks) : [])];
  const again = fingerprintOf(activity); // the parser may have asked for others
  const isUnion = (signs & Sign.union) !== 0;
  const knownEnd = !isKnown && (isUnion || isTelling(votes)) ? state.scopes.knownEnd(scope, again, time) : 0;
  const breaksOut = knownEnd > 0;
  if (isUnion && breaksOut && UNION.test(normalText(again).slice(knownEnd))) {
    votes.unshift(UNITES); // of votes that count alike the first names the technique
  }
  if (isTelling(votes)) {
    votes.push(
      ...contextVotes(state.scopes, scope, {
        isNew: !isKnown && !wasLetPass,
        breaksOut,
        isBroken: votes.includes(BROKEN),
        time,
      }),
    );
  }
  const isFault = signs === 0 && (marks & ~(Mark.unterminated | Mark.unbalanced | Mark.stacked)) === 0;
  if (votes.includes(BROKEN) && breaksOut && state.scopes.isSteady(scope) && !isTool(activity)) {
    const shown = shownStatement(activity.statementText(), marks);
    noteFault(state.scopes.suspect(scope, activity), activity, shown, report, resource);
  }
  if (sumOf(votes) >= MIN_SUSPICIOUS && !isTool(activity)) {
    const shown = () => shownStatement(activity.statementText(), marks);
    const suspect = state.scopes.suspect(scope, activity);
    const suspicion = suspicionOf(votes, isFault);
    const statement = { key: `${low} ${high} ${marks}`, suspicion, shown, isError, wasLetPass };
    if (!noteProbe(suspect, statement, activity, options, report, resource) && !isError) {
      state.scopes.letPass(scope, key, time);
    }
  } else if (!isKnown && !isError && signs === shape.signs) {
    state.scopes.learn(scope, key, again, time);
  }
}

/** Whoever can use a tool in which people write statements needs no injection. */
function isTool({ directory, application }: Activity): boolean {
  return isHandTool(directory.application(application));
}

interface Context {
  isNew: boolean;
  breaksOut: boolean;
  isBroken: boolean;
  time: number;
}

/** What is known of the application adds to what a statement looks like; by itself it says nothing. */
function contextVotes(scopes: Scopes, scope: number, { isNew, breaksOut, isBroken, time }: Context): Vote[] {
  const votes = breaksOut ? [BREAKS_OUT] : [];
  return isNew && !isBroken && scopes.isNewnessUnusual(scope, time) ? [...votes, NEW_SHAPE] : votes;
}
