import { putActivityId } from '../../azure/activity-id.ts';
import { Member } from '../../azure/member.ts';
import type { PackedTexts } from '../../azure/packed-texts.ts';
import { findQueryText } from '../../azure/query-text.ts';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import { Step } from '../parser.ts';
import { type CategoryReader, clear, put, putResource, type WalkedRecord } from './category-reader.ts';

/**
 * Cosmos DB: the text of each query. Who asked stands in the request of the same activity id
 * (`partialipaddress`, where there is one, is that of Azure's gateway).
 */
export function createQueryStatisticsReader(record: WalkedRecord, texts: PackedTexts): CategoryReader {
  const { window, view, found } = record;

  function judge(): Step {
    view.engine = 'cosmosdb';
    view.class = ActivityClass.statement;
    view.failure = AuthenticationFailure.none;
    view.status = 0;
    view.responseBytes = 0;
    putActivityId(window.words, found[2 * Member.activityId]!, found[2 * Member.activityId + 1]!, view);
    putResource(record);
    put(record, Member.queryText, view.statement);
    if (view.statement.start === view.statement.end) {
      return Step.skipped;
    }
    findQueryText(window, texts, view.statement);
    return Step.activity;
  }

  return {
    judge,
    findClient() {
      clear(view.principal);
      clear(view.address);
      put(record, Member.databaseName, view.database);
    },
    findApplication: () => put(record, Member.userAgent, view.application),
    findRequest() {
      put(record, Member.operationName, view.operation);
      put(record, Member.collectionName, view.container);
    },
  };
}
