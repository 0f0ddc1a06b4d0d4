import { Button, Text } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { exportPath, useAlertPages } from '../../api/alerts.ts';
import { useMayAnywhere } from '../../api/session.ts';
import { ErrorBar, Loaded } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';
import { AlertFilters } from './alert-filters.tsx';
import { AlertList } from './alert-list.tsx';
import { filterOf } from './alert-search.ts';
import { BulkCommands } from './bulk-commands.tsx';
import { NoAlerts } from './no-alerts.tsx';
import { ViewsMenu } from './views-menu.tsx';

export function AlertsPage() {
  const search = useSearch({ from: '/shell/alerts' });
  const filter = filterOf(search);
  const query = useAlertPages(filter);
  const isAdmin = useMayAnywhere('Security Admin');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const alerts = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const names = alerts.map(({ name }) => name).filter((name) => chosen.has(name));
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const readMore = useCallback(() => {
    if (!isFetchingNextPage && !isFetchNextPageError) {
      void fetchNextPage();
    }
  }, [isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  return (
    <Page
      title="Security alerts"
      commands={
        <>
          {isAdmin && <BulkCommands names={names} onDone={() => setChosen(new Set())} />}
          <ViewsMenu search={search} />
          <Button
            as="a"
            appearance="subtle"
            icon={<ArrowDownloadRegular />}
            href={exportPath(filter)}
            download="alerts.csv"
          >
            Export as CSV
          </Button>
        </>
      }
    >
      <AlertFilters search={search} />
      <Loaded query={query}>
        {() =>
          alerts.length === 0 ? (
            <NoAlerts search={search} />
          ) : (
            <AlertList
              alerts={alerts}
              isGrouped={search.group === true}
              choice={{ chosen, onChoose: setChosen }}
              hasMore={hasNextPage}
              onNearEnd={readMore}
            />
          )
        }
      </Loaded>
      {isFetchingNextPage && <Text role="status">Reading more…</Text>}
      {isFetchNextPageError && <ErrorBar error={query.error} onRetry={() => void fetchNextPage()} />}
    </Page>
  );
}
