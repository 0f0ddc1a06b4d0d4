import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { alertAction } from './pages/alert/alert-action.ts';
import { alertSearch } from './pages/alerts/alert-search.ts';
import { investigateRoutes } from './pages/investigate/investigate-routes.ts';
import { resourceRoutes } from './pages/resource/resource-routes.ts';
import { settingsRoutes } from './pages/settings/settings-routes.ts';
import { tuningSearch } from './pages/tuning/tuning-search.ts';
import { root, shell } from './shell/shell-route.tsx';

const overview = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/overview/overview-page.tsx'), 'OverviewPage'),
});
const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  validateSearch: alertSearch,
  component: lazyRouteComponent(() => import('./pages/alerts/alerts-page.tsx'), 'AlertsPage'),
});
const alert = createRoute({
  getParentRoute: () => shell,
  path: '/alerts/$name',
  validateSearch: alertAction,
  beforeLoad: ({ search, params }) => {
    if (search.do === 'investigate') {
      throw redirect({ to: '/investigate', search: { alert: params.name }, replace: true });
    }
  },
  component: lazyRouteComponent(() => import('./pages/alert/alert-page.tsx'), 'AlertPage'),
});
const resources = createRoute({
  getParentRoute: () => shell,
  path: '/resources',
  component: lazyRouteComponent(() => import('./pages/resources/resources-page.tsx'), 'ResourcesPage'),
});
const addResource = createRoute({
  getParentRoute: () => shell,
  path: '/resources/add',
  component: lazyRouteComponent(() => import('./pages/add-resource/add-resource-page.tsx'), 'AddResourcePage'),
});
const health = createRoute({
  getParentRoute: () => shell,
  path: '/health',
  component: lazyRouteComponent(() => import('./pages/health/health-page.tsx'), 'HealthPage'),
});
const tuning = createRoute({
  getParentRoute: () => shell,
  path: '/tuning',
  validateSearch: tuningSearch,
  component: lazyRouteComponent(() => import('./pages/tuning/tuning-page.tsx'), 'TuningPage'),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ returnTo }: Record<string, unknown>): { returnTo?: string } =>
    isOwnPath(returnTo) ? { returnTo } : {},
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/sign-in/setup-page.tsx'), 'SetupPage'),
});

const routeTree = root.addChildren([
  shell.addChildren([
    overview,
    alerts,
    alert,
    resources,
    addResource,
    resourceRoutes,
    investigateRoutes,
    health,
    tuning,
    settingsRoutes,
  ]),
  signIn,
  setup,
]);

export function createPortalRouter(queryClient: QueryClient) {
  return createRouter({ routeTree, context: { queryClient }, scrollRestoration: true, defaultPreload: 'intent' });
}

/** Somebody else's link may not lead to another site after signing in. */
function isOwnPath(path: unknown): path is string {
  return typeof path === 'string' && /^\/(?![/\\])/.test(path);
}
