import { isInForce, SUPPRESSION_KIND, type SuppressionRule, suppresses } from '../alerts/suppression.ts';
import type { Alert } from '../model/alert.ts';
import { allDocuments } from '../store/all-documents.ts';
import type { Store } from '../store/store.ts';
import { watchRevision } from './watch-revision.ts';

/** The rules by which alerts are born dismissed, as people have them at present. */
export interface Suppressor {
  /** Name of the first rule that holds for the alert. @param time wall clock, milliseconds since the epoch */
  ruleFor(alert: Alert, time: number): string | undefined;
  stop(): void;
}

export async function openSuppressor(store: Store): Promise<Suppressor> {
  let rules: { below: string; rule: SuppressionRule }[] = [];

  async function read(): Promise<void> {
    const documents = await allDocuments(store, SUPPRESSION_KIND, '');
    rules = documents.map(({ scope, body }) => ({ below: subscriptionOf(scope), rule: body as SuppressionRule }));
  }

  await read();
  return {
    ruleFor(alert, time) {
      const id = alert.id.toLowerCase();
      const fitting = rules.find(
        ({ below, rule }) => id.startsWith(below) && isInForce(rule, time) && suppresses(rule, alert),
      );
      return fitting?.rule.name;
    },
    stop: watchRevision(store, read),
  };
}

/** `/subscriptions/…/`, lower-cased as the scopes of documents are. */
function subscriptionOf(scope: string): string {
  return `${scope.split('/').slice(0, 3).join('/')}/`;
}
