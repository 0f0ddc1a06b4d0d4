import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../shell/shell-route.tsx';

const resource = createRoute({
  getParentRoute: () => shell,
  path: '/resources/$id',
  component: lazyRouteComponent(() => import('./resource-page.tsx'), 'ResourcePage'),
});
const security = createRoute({
  getParentRoute: () => resource,
  path: '/',
  component: lazyRouteComponent(() => import('./security-tab.tsx'), 'SecurityTab'),
});
const normal = createRoute({
  getParentRoute: () => resource,
  path: '/normal',
  component: lazyRouteComponent(() => import('./normal-tab.tsx'), 'NormalTab'),
});
const logs = createRoute({
  getParentRoute: () => resource,
  path: '/logs',
  component: lazyRouteComponent(() => import('./logs-tab.tsx'), 'LogsTab'),
});

/** One resource, a tab an address. */
export const resourceRoutes = resource.addChildren([security, normal, logs]);
