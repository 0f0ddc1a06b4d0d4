import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { shell } from '../../shell/shell-route.tsx';

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
});
const first = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/data', replace: true });
  },
});
const data = createRoute({
  getParentRoute: () => settings,
  path: '/data',
  component: lazyRouteComponent(() => import('./data-files-tab.tsx'), 'DataFilesTab'),
});

/** Settings, a tab an address: what one tab needs is loaded with it. */
export const settingsRoutes = settings.addChildren([first, data]);
