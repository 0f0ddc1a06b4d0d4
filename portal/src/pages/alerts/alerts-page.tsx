import { Button } from '@fluentui/react-components';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useAlertPages } from '../../api/alerts.ts';
import type { AlertSummary } from '../../api/schema.ts';
import { ErrorBar, Loaded, Nothing } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';
import { AlertFilters } from './alert-filters.tsx';
import { filterOf } from './alert-search.ts';
import { AlertTable } from './alert-table.tsx';
import { BulkCommands } from './bulk-commands.tsx';

export function AlertsPage() {
  const search = useSearch({ from: '/shell/alerts' });
  const query = useAlertPages(filterOf(search));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const alerts = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const selected = alerts.filter(({ name }) => chosen.has(name));
  return (
    <Page title="Security alerts" commands={<BulkCommands alerts={selected} onDone={() => setChosen(new Set())} />}>
      <AlertFilters search={search} />
      <Loaded query={query}>
        {() => (alerts.length === 0 ? <NoAlerts isFiltered={Object.keys(search).length > 0} /> : table(alerts))}
      </Loaded>
      {query.hasNextPage && (
        <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {query.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </Button>
      )}
      {query.isFetchNextPageError && <ErrorBar error={query.error} />}
    </Page>
  );

  function table(rows: readonly AlertSummary[]) {
    return <AlertTable alerts={rows} choice={{ chosen, onChoose: setChosen }} />;
  }
}

function NoAlerts({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <Nothing title="No alert matches these filters">Take some away, or look at other times.</Nothing>
  ) : (
    <Nothing title="Nothing to do">
      There are no alerts that wait for somebody. Past ones are under the status “Resolved”.
    </Nothing>
  );
}
