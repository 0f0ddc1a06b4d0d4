import { Outlet } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { type Tab, TabLinks } from '../../components/tab-links.tsx';

const TABS = [
  { label: 'Networks', to: '/settings/networks' },
  { label: 'Notifications', to: '/settings/notifications' },
  { label: 'Expected and suppressed', to: '/settings/rules' },
  { label: 'Users', to: '/settings/users' },
  { label: 'Tokens', to: '/settings/tokens' },
  { label: 'Address data', to: '/settings/data' },
  { label: 'Audit log', to: '/settings/audit' },
] as const satisfies readonly Tab[];

/** What is set for all of Vedette, beside the configuration's file. */
export function SettingsPage() {
  return (
    <Page title="Settings">
      <TabLinks label="Settings" tabs={TABS} />
      <Outlet />
    </Page>
  );
}
