import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { type AlertFilter, type AlertPage, PAGE_SIZE, readAlertPage } from './alerts.ts';
import { mergeAlerts } from './merge-alerts.ts';
import type { AlertSummary } from './schema.ts';

type Pages = InfiniteData<AlertPage, string>;

/**
 * Brings everything about alerts up to date. A list of many pages is not read again as a whole: its first page is, and
 * what changed is known.
 */
export async function renewAlerts(queries: QueryClient, changed: ReadonlyMap<string, AlertSummary>): Promise<void> {
  const long = queries
    .getQueryCache()
    .findAll({ queryKey: ['alerts', 'list'] })
    .filter(({ state }) => isLong(state.data as Pages | undefined));
  const keys = new Set(long.map(({ queryHash }) => queryHash));
  void queries.invalidateQueries({ queryKey: ['alert'] });
  void queries.invalidateQueries({ queryKey: ['alerts'], predicate: ({ queryHash }) => !keys.has(queryHash) });
  for (const query of long) {
    const [, , filter] = query.queryKey as [string, string, AlertFilter];
    const newest = await readAlertPage(filter, '').catch(() => undefined); // the next change asks again
    if (newest !== undefined) {
      queries.setQueryData<Pages>(query.queryKey, (pages) => pages && merged(pages, newest, changed, filter));
    }
  }
}

function isLong(data: Pages | undefined): boolean {
  return data !== undefined && (data.pages.length > 1 || data.pages[0]!.items.length > PAGE_SIZE);
}

function merged(
  pages: Pages,
  newest: AlertPage,
  changed: ReadonlyMap<string, AlertSummary>,
  filter: AlertFilter,
): Pages {
  const items = mergeAlerts(
    pages.pages.flatMap((page) => page.items),
    newest.items,
    changed,
    filter,
  );
  const next = pages.pages.at(-1)?.next;
  return { pages: [{ items, ...(next !== undefined && { next }) }], pageParams: [''] };
}
