import { Link } from '@tanstack/react-router';
import { useAlertCounts } from '../../api/alerts.ts';
import { useResourcePages } from '../../api/resources.ts';
import { Nothing } from '../../components/message.tsx';
import type { AlertSearch } from './alert-search.ts';

/** Why the list is empty: the filters, no database yet, or indeed nothing to do. */
export function NoAlerts({ search }: { search: AlertSearch }) {
  const resources = useResourcePages('').data?.pages[0]?.items;
  const { group: _group, ...filters } = search;
  const past = useAlertCounts({ status: ['Resolved', 'Dismissed'] }).data?.items ?? [];
  const count = past.reduce((sum, one) => sum + one.count, 0);
  if (Object.keys(filters).length > 0) {
    return (
      <Nothing title="No alert matches these filters">
        Take some away, or look at other times. <Link to="/alerts">Show what waits for somebody</Link>
      </Nothing>
    );
  }
  return resources?.length === 0 ? (
    <Nothing title="No database is watched yet">
      Alerts appear here by themselves. <Link to="/resources/add">Add the first database</Link>
    </Nothing>
  ) : (
    <Nothing title="Nothing to do">
      No alert waits for anybody.{' '}
      {count > 0 && (
        <Link to="/alerts" search={{ status: ['Resolved', 'Dismissed'] }}>
          Show the {count} that were resolved or dismissed
        </Link>
      )}
    </Nothing>
  );
}
