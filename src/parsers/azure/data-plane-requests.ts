import { putActivityId } from '../../azure/activity-id.ts';
import { isQuery, isRefusal, wholeNumber } from '../../azure/data-plane-request.ts';
import { Member } from '../../azure/member.ts';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import { Step } from '../parser.ts';
import { type CategoryReader, clear, put, putFirst, putResource, type WalkedRecord } from './category-reader.ts';

/** Entra's object id, else the user of a resource token, else the kind of key. */
const PRINCIPAL = [Member.principalId, Member.tokenUser, Member.keyType, Member.authTokenType];

/** Cosmos DB: each request for data. Most records of most exports. */
export function createDataPlaneRequestReader(record: WalkedRecord): CategoryReader {
  const { window, view, found } = record;

  function judge(): Step {
    const { bytes, words } = window;
    const status = wholeNumber(bytes, found[2 * Member.statusCode]!, found[2 * Member.statusCode + 1]!);
    view.engine = 'cosmosdb';
    view.status = status;
    view.class = isRefusal(status) ? ActivityClass.dataAccessDenied : ActivityClass.dataAccess;
    view.failure = AuthenticationFailure.none;
    view.responseBytes = wholeNumber(bytes, found[2 * Member.responseLength]!, found[2 * Member.responseLength + 1]!);
    if (isQuery(words, found[2 * Member.operationName]!, found[2 * Member.operationName + 1]!)) {
      putActivityId(words, found[2 * Member.activityId]!, found[2 * Member.activityId + 1]!, view);
    } else {
      view.sessionHigh = 0;
      view.sessionLow = 0;
    }
    putResource(record);
    return Step.activity;
  }

  return {
    judge,
    findClient() {
      putFirst(record, PRINCIPAL, view.principal);
      put(record, Member.clientIpAddress, view.address);
      put(record, Member.databaseName, view.database);
    },
    findApplication: () => put(record, Member.userAgent, view.application),
    findRequest() {
      put(record, Member.operationName, view.operation);
      put(record, Member.collectionName, view.container);
      clear(view.statement);
    },
  };
}
