import type { OpenPortal } from './open-portal.ts';

/** A page, or a page in a state of its own, as tests and pictures of every page go through them. */
export interface PortalPage {
  /** Names its picture. */
  name: string;
  /** Its address, or how to find it out. */
  path: string | ((portal: OpenPortal) => Promise<string>);
  /** A text that stands there once all of it has come. */
  shows: string;
  /** Empty, or an error: tested, and in no picture. */
  isBare?: true;
}

/** Times of the sample of which there is something to see, and not too much for axe. */
const AROUND = 'from="2026-11-16T00:00:00.000Z"&to="2026-11-19T00:00:00.000Z"';
const NIGHT = 'from="2026-11-17T02:15:20.000Z"&to="2026-11-17T02:20:00.000Z"';

/** Every page, each once, and those of its states that look different. A new page is one line here. */
export const PORTAL_PAGES: readonly PortalPage[] = [
  { name: 'overview', path: '/', shows: 'Where accesses come from' },
  { name: 'alerts', path: '/alerts', shows: 'Unusual volume of data extracted' },
  { name: 'alerts-none', path: '/alerts?text="nothing of the kind"', shows: 'No alert matches', isBare: true },
  { name: 'alerts-grouped', path: '/alerts?group=true', shows: '3 alerts' },
  { name: 'alert', path: alert('Log on from an unusual location'), shows: 'The session, step by step' },
  { name: 'alert-guessing', path: alert('Suspected successful brute force attack'), shows: 'got in at' },
  { name: 'alert-volume', path: alert('Unusual volume of data extracted'), shows: 'Suspicious from' },
  { name: 'alert-incident', path: alert('Incident: 4 alerts of one intrusion'), shows: 'What happened, in order' },
  {
    name: 'alert-expected',
    path: alert('Log on from an unusual location', '?do=expected'),
    shows: 'It would have hidden',
  },
  { name: 'alert-unknown', path: '/alerts/nothing', shows: 'There is no alert', isBare: true },
  { name: 'resources', path: '/resources', shows: 'shop-catalog' },
  { name: 'add-resource', path: '/resources/add', shows: 'It appears here' },
  { name: 'resource', path: '/resources/orders', shows: 'Kinds of alerts' },
  { name: 'resource-normal', path: '/resources/orders/normal', shows: 'postgres-exporter' },
  { name: 'resource-logs', path: '/resources/orders/logs', shows: 'Log on without encryption' },
  { name: 'investigate', path: `/investigate?principal=j.meyer&${AROUND}`, shows: 'activities, ' },
  {
    name: 'investigate-none',
    path: '/investigate?principal=nobody',
    shows: 'Nothing happened that fits',
    isBare: true,
  },
  { name: 'investigate-alert', path: alert('Log on from an unusual location', '?do=investigate'), shows: 'Evidence' },
  {
    name: 'investigate-day',
    path: `/investigate?principal=analyst&resource=orders&day=2026-11-17&${NIGHT}`,
    shows: 'It was active on',
  },
  { name: 'investigate-hunts', path: '/investigate/hunts?hunt=new-addresses', shows: 'Reading it' },
  { name: 'investigate-sql', path: '/investigate/sql', shows: 'What can be asked' },
  { name: 'tuning', path: '/tuning', shows: 'Preview' },
  { name: 'settings-networks', path: '/settings/networks', shows: 'On the map' },
  { name: 'settings-notifications', path: '/settings/notifications', shows: 'would have been told' },
  { name: 'settings-rules', path: '/settings/rules', shows: 'Nothing is suppressed' },
  { name: 'settings-users', path: '/settings/users', shows: 'With a password' },
  { name: 'settings-tokens', path: '/settings/tokens', shows: 'No service principal' },
  { name: 'settings-data', path: '/settings/data', shows: 'No data files of your own' },
  { name: 'settings-audit', path: '/settings/audit', shows: 'The chain of' },
  { name: 'health', path: '/health', shows: 'Logs of every resource' },
  { name: 'nowhere', path: '/nowhere', shows: 'There is no such page', isBare: true },
];

/** The address of the newest alert of that display name. */
function alert(displayName: string, search = ''): (portal: OpenPortal) => Promise<string> {
  return async (portal) => {
    const { items } = (await portal.call('GET', '/api/v1/alerts?limit=200')) as {
      items: { name: string; displayName: string }[];
    };
    const found = items.find((one) => one.displayName === displayName);
    if (found === undefined) {
      throw new Error(`there is no alert “${displayName}”`);
    }
    return `/alerts/${found.name}${search}`;
  };
}

/** Goes there, and waits until all of it has come. */
export async function goTo(portal: OpenPortal, { path, shows }: PortalPage): Promise<void> {
  const { page, server } = portal;
  await page.goto(server.url + (typeof path === 'string' ? path : await path(portal)));
  await page.getByText(shows).first().waitFor();
  await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' });
}
