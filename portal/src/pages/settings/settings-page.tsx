import { Outlet } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { type Tab, TabLinks } from '../../components/tab-links.tsx';

const TABS = [{ label: 'Address data', to: '/settings/data' }] as const satisfies readonly Tab[];

/** What is set for all of Vedette, beside the configuration's file. */
export function SettingsPage() {
  return (
    <Page title="Settings">
      <TabLinks label="Settings" tabs={TABS} />
      <Outlet />
    </Page>
  );
}
