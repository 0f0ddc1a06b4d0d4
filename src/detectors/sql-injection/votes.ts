import { ErrorState } from '../../sql/error-state.ts';
import { Mark } from '../../sql/mark.ts';
import { Sign, type SignName } from '../../sql/shape.ts';

/** One reason to take a statement for an injection. */
export interface Vote {
  /** For people: what was seen. */
  reason: string;
  votes: number;
  /** How it is done, for the variant of the alert; empty for what every way has in common. */
  technique: string;
}

const vote = (votes: number, technique: string, reason: string): Vote => ({ reason, votes, technique });

/** What each sign counts: what nobody writes by hand counts most, what is seen in honest queries counts little. */
const SIGNS: Readonly<Record<Exclude<SignName, 'union'>, Vote>> = {
  unionConstants: vote(5, 'union', 'UNION with a row of constants'),
  unionQuoted: vote(2, 'union', 'texts compared where the condition of a UNION begins'),
  unionPadded: vote(2, 'union', 'UNION with a query filled up with constants'),
  unionCatalog: vote(5, 'union', 'UNION of a table with the system catalog'),
  mixedCatalog: vote(2, '', 'the system catalog beside tables'),
  tautology: vote(6, 'boolean', 'OR with a condition that is always the same'),
  constantProbe: vote(3, 'boolean', 'a condition behind others that is always the same'),
  subqueryProbe: vote(3, 'boolean', 'a condition on a subquery instead of a column'),
  caseProbe: vote(4, 'boolean', 'CASE on a condition that is always the same'),
  charChain: vote(8, '', 'text spelt with CHR()'),
  castError: vote(5, 'error', 'text cast to a number, so that the error tells it'),
  sleep: vote(8, 'time', 'a wait within a query'),
  stacked: vote(3, 'stacked', 'another statement behind the query'),
  stackedChange: vote(3, 'stacked', 'a change behind a query'),
  environment: vote(3, '', 'version, user or database asked for in passing'),
  substringProbe: vote(7, 'boolean', "letters of a subquery's answer compared one by one"),
};

/** Of these a statement has one. */
const EMPTY_COMMENT = vote(4, 'comment', 'an empty comment that cuts off the rest');
const LINE_COMMENT = vote(3, 'comment', 'a comment that runs to the end');
const CLOSING_QUOTE = vote(10, 'comment', 'a comment that hides a closing quote or bracket and what follows');
const HIDDEN_REST = vote(8, 'comment', 'a comment that hides the rest of the query');
const COMMENT_AS_BLANK = vote(3, 'comment', 'comments in place of blanks');

export const BROKEN = vote(4, '', 'a quote or bracket that does not match');
export const WRONG_COLUMNS = vote(3, 'union', 'the number or the types of columns tried out');
export const TOLD_BY_ERROR = vote(3, 'error', 'an error that tells what was read');
export const NEW_SHAPE = vote(4, '', 'a statement that this steady application has not sent before');
/** Cosmos DB: its SDKs send parameters, and its language knows little else than SELECT. */
export const ALWAYS_TRUE = vote(5, 'boolean', 'OR with what is always true');
export const MIXES = vote(4, 'boolean', 'OR put between a literal of a known query and an AND, without brackets');
export const FOREIGN = vote(8, 'fuzzing', 'words of other databases');
export const BREAKS_OUT = vote(2, '', 'begins like a known statement and goes on behind a literal');

const SIGN_VOTES = Object.entries(SIGNS).map(([name, entry]) => ({ sign: Sign[name as SignName], entry }));
export const UNITES = vote(3, 'union', 'goes on with UNION right behind a literal of a known statement');

/** Votes from the structure of a statement. */
export function structureVotes(signs: number, marks: number): Vote[] {
  if (signs === 0 && marks === 0) {
    return [];
  }
  const votes: Vote[] = [];
  for (const { sign, entry } of SIGN_VOTES) {
    if ((signs & sign) !== 0) {
      votes.push(entry);
    }
  }
  if ((marks & Mark.hiddenRest) !== 0) {
    votes.push((marks & Mark.emptyComment) !== 0 ? CLOSING_QUOTE : HIDDEN_REST);
  } else if ((marks & Mark.emptyComment) !== 0) {
    votes.push(EMPTY_COMMENT);
  } else if ((marks & Mark.lineComment) !== 0) {
    votes.push(LINE_COMMENT);
  }
  if ((marks & Mark.commentAsBlank) !== 0) {
    votes.push(COMMENT_AS_BLANK);
  }
  return votes;
}

/** Votes from the error that a statement ran into. */
export function errorVotes(status: number, signs: number, marks: number): Vote[] {
  if (status === ErrorState.syntaxError) {
    return (marks & (Mark.unterminated | Mark.unbalanced)) === 0 ? [] : [BROKEN];
  }
  if (status === ErrorState.invalidTextRepresentation) {
    return (signs & Sign.castError) === 0 ? [] : [TOLD_BY_ERROR];
  }
  const isUnion = (signs & (Sign.unionConstants | Sign.unionPadded)) !== 0;
  const isColumns = status === ErrorState.invalidColumnReference || (isUnion && status === ErrorState.datatypeMismatch);
  return isColumns ? [WRONG_COLUMNS] : [];
}

export function sumOf(votes: readonly Vote[]): number {
  return votes.reduce((sum, entry) => sum + entry.votes, 0);
}

/** Whether what is known of the application may add to these: a comment alone is what people write as well. */
export function isTelling(votes: readonly Vote[]): boolean {
  return sumOf(votes) > LINE_COMMENT.votes || votes.some((entry) => entry !== LINE_COMMENT);
}

/** How it is done, by the votes that count most. */
export function techniqueOf(votes: readonly Vote[]): string {
  const byWeight = votes.filter(({ technique }) => technique !== '').sort((a, b) => b.votes - a.votes);
  const gravest = byWeight.find(({ technique }) => technique !== 'comment') ?? byWeight[0];
  return gravest?.technique ?? 'probing';
}
