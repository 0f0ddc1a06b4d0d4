import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../shell/shell-route.tsx';
import { activitySearch, huntSearch, sqlSearch } from './activity-search.ts';

const investigate = createRoute({
  getParentRoute: () => shell,
  path: '/investigate',
  component: lazyRouteComponent(() => import('./investigate-page.tsx'), 'InvestigatePage'),
});
const activities = createRoute({
  getParentRoute: () => investigate,
  path: '/',
  validateSearch: activitySearch,
  component: lazyRouteComponent(() => import('./activities-tab.tsx'), 'ActivitiesTab'),
});
const sql = createRoute({
  getParentRoute: () => investigate,
  path: '/sql',
  validateSearch: sqlSearch,
  component: lazyRouteComponent(() => import('./sql-tab.tsx'), 'SqlTab'),
});

const hunts = createRoute({
  getParentRoute: () => investigate,
  path: '/hunts',
  validateSearch: huntSearch,
  component: lazyRouteComponent(() => import('./hunts-tab.tsx'), 'HuntsTab'),
});

/** Ways to look into what happened, an address each. */
export const investigateRoutes = investigate.addChildren([activities, hunts, sql]);
