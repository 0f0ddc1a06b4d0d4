import { httpStatusOf, isFinal, managedSubjectOf } from '../../azure/activity-log.ts';
import { findResource } from '../../azure/azure-resource.ts';
import { Member } from '../../azure/member.ts';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import { Step } from '../parser.ts';
import {
  type CategoryReader,
  clear,
  firstTextOf,
  put,
  putFirst,
  putResource,
  textOf,
  type WalkedRecord,
} from './category-reader.ts';

/** The caller is told by name, or by claims of the token: a person's name, else the id of who or what it is. */
const CALLER = [Member.caller, Member.upn, Member.email, Member.claimedName, Member.objectId, Member.applicationId];
/** The id of an operation; where both are told, the other is its display name. */
const OPERATION = [Member.operationId, Member.operationName];
/** Where the HTTP status stands: `OK`, `Succeeded.OK`. */
const STATUS = [Member.statusCode, Member.resultSignature, Member.activitySubstatus];
const RESULT = [Member.resultType, Member.activityStatus];

/** Azure Resource Manager's own log: who listed keys, who changed the firewall. */
export function createActivityLogReader(record: WalkedRecord): CategoryReader {
  const { window, view } = record;

  function judge(): Step {
    putResource(record);
    const { engine, end } = findResource(window.bytes, view.resource);
    const subject = managedSubjectOf(firstTextOf(record, OPERATION));
    if (engine === undefined || subject === undefined || !isFinal(firstTextOf(record, RESULT))) {
      return Step.skipped;
    }
    view.resource.end = end;
    view.engine = engine;
    view.class = subject === 'keys' ? ActivityClass.keyOperation : ActivityClass.configurationChange;
    view.failure = AuthenticationFailure.none;
    view.status = STATUS.map((member) => httpStatusOf(textOf(record, member))).find((status) => status !== 0) ?? 0;
    view.responseBytes = 0;
    view.sessionHigh = 0;
    view.sessionLow = 0;
    return Step.activity;
  }

  return {
    judge,
    findClient() {
      putFirst(record, CALLER, view.principal);
      put(record, Member.callerIpAddress, view.address);
      clear(view.database);
    },
    findApplication: () => put(record, Member.applicationId, view.application),
    findRequest() {
      putFirst(record, OPERATION, view.operation);
      clear(view.container);
      clear(view.statement);
    },
  };
}
