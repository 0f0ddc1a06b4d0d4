import { subjectOf } from '../../azure/control-plane-request.ts';
import { wholeNumber } from '../../azure/data-plane-request.ts';
import { Member } from '../../azure/member.ts';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import { type Span, Step } from '../parser.ts';
import {
  type CategoryReader,
  clear,
  put,
  putFirst,
  putResource,
  textOf,
  type WalkedRecord,
} from './category-reader.ts';

const STATUS = [Member.httpStatusCode, Member.statusCode];

/** Cosmos DB: changes of the account. They tell neither who nor where from: the Activity Log does. */
export function createControlPlaneRequestReader(record: WalkedRecord): CategoryReader {
  const { window, view } = record;
  const status: Span = { start: 0, end: 0 };

  function judge(): Step {
    const subject = subjectOf(textOf(record, Member.operationName));
    if (subject === undefined) {
      return Step.skipped;
    }
    view.engine = 'cosmosdb';
    view.class = subject === 'keys' ? ActivityClass.keyOperation : ActivityClass.configurationChange;
    view.failure = AuthenticationFailure.none;
    putFirst(record, STATUS, status);
    view.status = wholeNumber(window.bytes, status.start, status.end);
    view.responseBytes = 0;
    view.sessionHigh = 0;
    view.sessionLow = 0;
    putResource(record);
    return Step.activity;
  }

  return {
    judge,
    findClient() {
      clear(view.principal);
      clear(view.address);
      put(record, Member.databaseName, view.database);
    },
    findApplication: () => clear(view.application),
    findRequest() {
      put(record, Member.operationName, view.operation);
      put(record, Member.collectionName, view.container);
      clear(view.statement);
    },
  };
}
