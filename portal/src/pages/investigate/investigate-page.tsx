import { Outlet } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { type Tab, TabLinks } from '../../components/tab-links.tsx';

const TABS = [
  { label: 'Activities', to: '/investigate' },
  { label: 'Hunts', to: '/investigate/hunts' },
  { label: 'SQL', to: '/investigate/sql' },
] as const satisfies readonly Tab[];

/** What happened: searched, counted, compared, asked in SQL. */
export function InvestigatePage() {
  return (
    <Page title="Investigate" lead="Everything that was judged, as it happened.">
      <TabLinks label="Investigate" tabs={TABS} />
      <Outlet />
    </Page>
  );
}
