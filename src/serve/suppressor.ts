import {
  isInForce,
  SUPPRESSION_KIND,
  type SuppressionRule,
  subscriptionScopeOf,
  suppresses,
} from '../alerts/suppression.ts';
import { isWithin } from '../model/scope.ts';
import type { AlertWrite } from '../store/alert-store.ts';
import { allDocuments } from '../store/all-documents.ts';
import type { Store } from '../store/store.ts';
import { watchRevision } from './watch-revision.ts';

/** The rules by which alerts are born dismissed, as people have them at present. */
export interface Suppressor {
  /** The alert as it is written: dismissed, by the first rule that holds for it when it is detected. */
  applied(write: AlertWrite): AlertWrite;
  stop(): void;
}

export async function openSuppressor(store: Store): Promise<Suppressor> {
  let rules: { below: string; rule: SuppressionRule }[] = [];

  async function read(): Promise<void> {
    const documents = await allDocuments(store, SUPPRESSION_KIND, '');
    rules = documents.map(({ scope, body }) => ({ below: subscriptionScopeOf(scope), rule: body as SuppressionRule }));
  }

  await read();
  return {
    applied(write) {
      const { alert, detectedTime } = write;
      const id = alert.id.toLowerCase();
      const found = rules.find(
        ({ below, rule }) => isWithin(id, below) && isInForce(rule, detectedTime) && suppresses(rule, alert),
      );
      return found === undefined ? write : dismissed(write, found.rule.name);
    },
    stop: watchRevision(store, read),
  };
}

/** Kept for who looks for it; nobody is told. */
function dismissed(write: AlertWrite, suppressedBy: string): AlertWrite {
  const { alert } = write;
  return { ...write, suppressedBy, alert: { ...alert, properties: { ...alert.properties, status: 'Dismissed' } } };
}
