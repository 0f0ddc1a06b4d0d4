import { z } from 'zod';
import { BASELINE_CLASSES } from '../../baselines/state-classes.ts';
import { ActivityClass } from '../../model/activity.ts';
import { ShapeBook } from '../../sql/shape-book.ts';
import { Families } from '../application-families.ts';
import { defineDetector } from '../detector.ts';
import { sensitivity } from '../sensitivity.ts';
import { Beginnings } from './beginnings.ts';
import { judgeQuery } from './judge-query.ts';
import { judgeStatement } from './judge-statement.ts';
import { settleProbing } from './report-probing.ts';
import { Scopes } from './scopes.ts';

const settings = z.object({
  sensitivity,
  voteCount: z
    .number()
    .int()
    .min(4)
    .max(40)
    .default(10)
    .describe('Votes from which a statement, or several within the window, are an injection.'),
  windowMinutes: z
    .number()
    .min(1)
    .default(10)
    .describe('Minutes within which suspicious statements of one application belong together.'),
});
export type Settings = z.output<typeof settings>;

export interface State {
  scopes: Scopes;
  statements: ShapeBook;
  queries: ShapeBook;
}

/**
 * An application sends a statement that was put together from its query and somebody's input.
 *
 * Judges structure, not text. Needs no learning; what is learned sharpens it. Blind spots: an injection that reads
 * like a query of the application; tools in which people write statements themselves; statements that are not logged.
 */
export const sqlInjection = defineDetector({
  id: 'sql-injection',
  title: 'Potential SQL injection',
  attack: [{ tactic: 'TA0001', technique: 'T1190' }],
  watches: ActivityClass.statement | ActivityClass.statementError,
  settings,
  stateVersion: 3,
  stateClasses: { ...BASELINE_CLASSES, Beginnings, Families, Scopes, ShapeBook },
  createState: (): State => ({
    scopes: new Scopes(),
    statements: new ShapeBook('postgresql'),
    queries: new ShapeBook('cosmosdb'),
  }),

  evaluate(activity, state, options, report, resource) {
    if (activity.engine === 'postgresql') {
      judgeStatement(activity, state, options, report, resource);
    } else {
      judgeQuery(activity, state, options, report, resource);
    }
  },

  settle({ scopes }, _options, report) {
    scopes.forEachSuspect((suspect) => {
      settleProbing(suspect, report);
    });
  },

  hold: ({ scopes }, holder) => scopes.hold(holder),
});
