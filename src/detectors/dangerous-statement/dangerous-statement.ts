import { z } from 'zod';
import { type Activity, ActivityClass } from '../../model/activity.ts';
import { LEARNING } from '../../model/learned.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { ErrorState } from '../../sql/error-state.ts';
import { fingerprintOf } from '../../sql/fingerprint-of.ts';
import { maskLiterals } from '../../sql/mask-literals.ts';
import { Sign } from '../../sql/shape.ts';
import { ShapeBook } from '../../sql/shape-book.ts';
import { normalText } from '../../sql/shape-of.ts';
import { defineDetector, type Report } from '../detector.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { type Action, actionsOf, isActing, isReading } from './actions-of.ts';
import { Customs } from './customs.ts';
import { type Destruction, ransomActions } from './destruction.ts';
import { findingOf } from './finding-of.ts';
import { addDeed, type Matters } from './matter.ts';

const DAY_MS = 86_400_000;
/** Characters of a statement that are shown, and by which a custom is known. */
const MAX_SHOWN = 300;
const MAX_KEY = 512;
const LEAST_SEVERITY: Record<Sensitivity, number> = { low: SEVERITIES.indexOf('High'), medium: 0, high: 0 };
const DAYS_FACTOR: Record<Sensitivity, number> = { low: 1, medium: 1, high: 2 };

const settings = z.object({
  sensitivity,
  customDays: z
    .number()
    .int()
    .min(2)
    .max(7)
    .default(3)
    .describe(
      'Different days of the first week on which a principal must do a dangerous thing for it to be its custom.',
    ),
});

interface State {
  shapes: ShapeBook;
  customs: Customs;
  matters: Matters;
  destruction: Destruction;
  /** When the resource was first seen; customs are learned in the days after. */
  firstTime: number | undefined;
}

/**
 * A statement that leaves the database: runs a program, reads a server's files, gives power over the server, turns
 * auditing off, or holds data to ransom.
 *
 * Needs no learning. Blind spots: what a superuser does where statements are not logged; code within functions that
 * were there before.
 */
export const dangerousStatement = defineDetector({
  id: 'dangerous-statement',
  title: 'Dangerous statement',
  attack: [
    { tactic: 'TA0002', technique: 'T1059' },
    { tactic: 'TA0003', technique: 'T1098' },
    { tactic: 'TA0003', technique: 'T1505.001' },
    { tactic: 'TA0006', technique: 'T1003' },
    { tactic: 'TA0007', technique: 'T1083' },
    { tactic: 'TA0009', technique: 'T1005' },
    { tactic: 'TA0010', technique: 'T1048' },
    { tactic: 'TA0040', technique: 'T1485' },
    { tactic: 'TA0112', technique: 'T1685' },
  ],
  watches: ActivityClass.statement | ActivityClass.statementError,
  passesOver: ActivityClass.statement,
  settings,
  stateClasses: { Customs, ShapeBook },
  createState: (): State => ({
    shapes: new ShapeBook(),
    customs: new Customs(),
    matters: new Map(),
    destruction: new Map(),
    firstTime: undefined,
  }),

  evaluate(activity, state, options, report, resource) {
    state.firstTime ??= activity.time;
    for (const { action, statement, principal, key, isTold } of deedsOf(activity, state, report)) {
      if (state.customs.use(key, activity.time, options.customDays * DAYS_FACTOR[options.sensitivity])) {
        continue;
      }
      const { variant } = action;
      const customs = () => state.customs.of(principal, variant, activity.time);
      if (activity.time - state.firstTime < LEARNING.minDays * DAY_MS) {
        state.customs.learn(key, activity.time, { principal, variant, statement });
      }
      if (SEVERITIES.indexOf(action.severity) < LEAST_SEVERITY[options.sensitivity]) {
        continue;
      }
      const isRefused = activity.class === ActivityClass.statementError;
      const deed = { principal, action, statement, isRefused, isTold, key };
      const { matter, isNews } = addDeed(state.matters, deed, activity, resource, customs);
      if (isNews || !report.again(matter.dedupKey, activity.time)) {
        report.finding(findingOf(matter));
      }
    }
  },

  accept({ matters, customs }, key, _directory, time) {
    const matter = matters.get(key);
    for (const custom of matter?.customKeys ?? []) {
      const { variant, statement, entities } = matter!;
      customs.accept(custom, time, { principal: entities.principal, variant, statement });
    }
    return false; // other statements of the kind are raised
  },

  hold() {
    // names are kept, not ids: dangerous statements are rare
  },
});

/** A dangerous thing done, by whom, and the key under which it may be a custom. */
interface Done {
  action: Action;
  statement: string;
  principal: string;
  key: string;
  /** Whether the error that it ended with tells what it read. */
  isTold: boolean;
}

const NOTHING: readonly Done[] = [];

/** What is dangerous in an activity, the gravest of each kind; nearly always nothing. */
function deedsOf(activity: Activity, state: State, report: Report): readonly Done[] {
  const fingerprint = fingerprintOf(activity);
  if (fingerprint.length === 0 || activity.status === ErrorState.syntaxError) {
    return NOTHING; // what was not understood did nothing
  }
  if (fingerprint.isPlain) {
    return NOTHING; // nearly all statements
  }
  const shape = state.shapes.shapeOf(fingerprint, activity);
  if (!isActing(shape)) {
    return NOTHING; // nearly all statements
  }
  report.unsettled();
  const hasNews = shape.effects.length > 0;
  const actions = actionsOf(shape);
  const principal = activity.directory.principal(activity.principal);
  if (hasNews && activity.class === ActivityClass.statement) {
    actions.push(...ransomActions(state.destruction, principal, shape, activity.time));
  }
  if (actions.length === 0) {
    return NOTHING;
  }
  const statement = shown(activity.statementText());
  const normal = normalText(fingerprintOf(activity)).slice(0, MAX_KEY);
  const isTelling = activity.status === ErrorState.invalidTextRepresentation && (shape.signs & Sign.castError) !== 0;
  return gravestOf(actions).map((action) => ({
    action,
    statement,
    principal,
    key: `${principal}\n${action.variant}\n${normal}`,
    isTold: isTelling && isReading(action),
  }));
}

function gravestOf(actions: readonly Action[]): Action[] {
  const byVariant = new Map<string, Action>();
  for (const action of actions) {
    const known = byVariant.get(action.variant);
    if (known === undefined || SEVERITIES.indexOf(action.severity) > SEVERITIES.indexOf(known.severity)) {
      byVariant.set(action.variant, action);
    }
  }
  return [...byVariant.values()];
}

/** A statement on one line, with its literals masked. */
function shown(text: string): string {
  const masked = maskLiterals(text)
    .replace(/\s+/g, ' ')
    .replace(/[\s;]+$/, '');
  return masked.length > MAX_SHOWN ? `${masked.slice(0, MAX_SHOWN)}…` : masked;
}
