import type { ExpectedRule } from '../model/expected-rule.ts';
import { isWithin, ROOT_SCOPE } from '../model/scope.ts';
import { allDocuments } from '../store/all-documents.ts';
import type { Store } from '../store/store.ts';

/** Kind of the documents. */
export const EXPECTED_KIND = 'expectedRules';

/** What people said at run time to be expected, beside what the file declares. Plain data. */
export interface ExpectedRecord {
  id: string;
  what: Omit<ExpectedRule, 'label' | 'resourceKey'>;
  /** Key of a resource, a resource group or a subscription; `/`: every resource. */
  scope: string;
  /** Who answers for it. */
  owner: string;
  reason: string;
  createdBy: string;
}

/** The document of a rule: below what it is about. */
export function expectedDocument({ scope, id }: Pick<ExpectedRecord, 'scope' | 'id'>): string {
  return `${scope === ROOT_SCOPE ? '' : scope}/expectedrules/${id}`;
}

export async function expectedRecords(store: Pick<Store, 'documents'>): Promise<ExpectedRecord[]> {
  return (await allDocuments(store, EXPECTED_KIND, '')).map(({ body }) => body as ExpectedRecord);
}

/** The rules that hold for the resource of a key. */
export function rulesFor(records: readonly ExpectedRecord[], resourceKey: string): ExpectedRule[] {
  const fitting = records.filter(({ scope }) => isWithin(resourceKey, scope));
  return fitting.map(({ id, what, owner, reason }) => ({ ...what, label: `expected ${id} (${owner}: ${reason})` }));
}
