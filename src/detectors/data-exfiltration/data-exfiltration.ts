import { learnedHours, reviseHours } from '../../baselines/learned-hours.ts';
import { BASELINE_CLASSES } from '../../baselines/state-classes.ts';
import { ActivityClass } from '../../model/activity.ts';
import { ShapeBook } from '../../sql/shape-book.ts';
import { Families } from '../application-families.ts';
import { defineDetector } from '../detector.ts';
import { bulkKey } from './bulk-finding.ts';
import { acceptRuns, type BulkReaders, createBulkReaders, holdReaders, noteActivity } from './bulk-readers.ts';
import { HandReaders } from './hand-readers.ts';
import { createRequestState, judgeRequest, type RequestState, settleReader } from './judge-request.ts';
import { judgeError, judgeStatement } from './judge-statement.ts';
import { learnedVolumes, reviseVolumes } from './learned-volumes.ts';
import { Readers } from './readers.ts';
import { settings } from './settings.ts';
import { SmallStatements } from './small-statements.ts';
import { settleHands } from './tell-hand.ts';
import { settleReaders } from './tell-run.ts';

interface State {
  /** Of an account of Cosmos DB. */
  requests: RequestState;
  /** Of a PostgreSQL server; from where, with what and when principals come, of both. */
  statements: BulkReaders;
}

/**
 * A principal reads far more than it usually does, or what it never read, from where it never came, or at night.
 *
 * Cosmos DB: from the response lengths of its data-plane requests, and their containers. PostgreSQL: from the shapes of
 * statements, which tell whether they hand out whole tables. Blind spots: a principal still learning; statements that
 * are not logged.
 */
export const dataExfiltration = defineDetector({
  id: 'data-exfiltration',
  title: 'Extraction of an unusual amount of data',
  attack: [
    { tactic: 'TA0009', technique: 'T1213.006' },
    { tactic: 'TA0010', technique: 'T1048' },
  ],
  watches:
    ActivityClass.dataAccess | ActivityClass.authentication | ActivityClass.statement | ActivityClass.statementError,
  passesOver: ActivityClass.statement,
  settings,
  stateVersion: 12,
  stateClasses: { ...BASELINE_CLASSES, Families, HandReaders, Readers, ShapeBook, SmallStatements },
  createState: (): State => ({ requests: createRequestState(), statements: createBulkReaders() }),

  evaluate(activity, { requests, statements }, options, report, resource) {
    if (activity.engine === 'cosmosdb') {
      if (activity.class === ActivityClass.dataAccess) {
        judgeRequest(activity, requests, { options, report, resource, people: statements });
      }
      return;
    }
    const isHour = activity.principal !== 0 && statements.hours.note(activity.principal, activity.time);
    if (isHour || activity.class === ActivityClass.authentication) {
      noteActivity(statements, activity);
    }
    if (activity.class === ActivityClass.statementError) {
      judgeError(activity, statements);
    } else if (activity.class === ActivityClass.statement) {
      judgeStatement(activity, statements, { options, report, resource });
    }
  },

  settle({ requests, statements }, options, report) {
    requests.readers.forEach((principal) => {
      settleReader(requests.readers, principal, report);
    });
    settleReaders(statements, { options, report });
    settleHands(statements, { options, report });
  },

  learned: (state, directory, time) => [
    ...learnedHours(state.statements.hours, time, (id) => directory.principal(id)),
    ...learnedVolumes(state, directory, time),
  ],

  revise(state, revision, directory) {
    reviseHours(state.statements.hours, revision, (id) => directory.principal(id));
    reviseVolumes(state, revision, directory);
  },

  accept({ statements }, key) {
    acceptRuns(statements, (run) => bulkKey(run) === key);
    return true; // as much again is learned when it comes
  },
  isAcceptanceBounded: true,

  hold({ requests, statements }, holder) {
    requests.readers.forEach((principal) => {
      requests.readers.forgetMet(principal); // ids that nobody holds are given to others
      holder.principal(principal);
    });
    requests.containers.forEach((principal, container) => {
      holder.principal(principal);
      holder.word(container);
    });
    holdReaders(statements, holder);
  },
});
