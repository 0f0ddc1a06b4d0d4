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
    throw redirect({ to: '/settings/networks', replace: true });
  },
});
const networks = createRoute({
  getParentRoute: () => settings,
  path: '/networks',
  component: lazyRouteComponent(() => import('./networks-tab.tsx'), 'NetworksTab'),
});
const notifications = createRoute({
  getParentRoute: () => settings,
  path: '/notifications',
  component: lazyRouteComponent(() => import('./notifications-tab.tsx'), 'NotificationsTab'),
});
const rules = createRoute({
  getParentRoute: () => settings,
  path: '/rules',
  component: lazyRouteComponent(() => import('./rules-tab.tsx'), 'RulesTab'),
});
const users = createRoute({
  getParentRoute: () => settings,
  path: '/users',
  component: lazyRouteComponent(() => import('./users-tab.tsx'), 'UsersTab'),
});
const tokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./tokens-tab.tsx'), 'TokensTab'),
});
const data = createRoute({
  getParentRoute: () => settings,
  path: '/data',
  component: lazyRouteComponent(() => import('./data-files-tab.tsx'), 'DataFilesTab'),
});
const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  component: lazyRouteComponent(() => import('./audit-tab.tsx'), 'AuditTab'),
});

/** Settings, a tab an address: what one tab needs is loaded with it. */
export const settingsRoutes = settings.addChildren([first, networks, notifications, rules, users, tokens, data, audit]);
