import type { AlertStore, StoredAlert } from '../store/alert-store.ts';
import type { Audience } from './audience.ts';
import type { Preview, PreviewedAlert, PreviewRequest } from './notifications.ts';
import { type RoutingRules, routesFor, silenceOf } from './routing.ts';

/** Alerts that one preview looks at; the newest ones. */
const MOST_EXAMINED = 20_000;
/** Alerts that one preview shows. */
const MOST_SHOWN = 200;
const PAGE = 500;
/** Name of a rule that is only tried. */
export const TRIED = 'preview';

/** Which alerts that are there would have been told, and to whom; those from before the first start, too. */
export async function previewRouting(
  { from, scopes, channel, rule }: PreviewRequest,
  rules: RoutingRules,
  audienceOf: (resourceKey: string) => Promise<Audience>,
  alerts: AlertStore,
): Promise<Preview> {
  const tried = triedRules(rules, channel, rule);
  const shown: PreviewedAlert[] = [];
  let [examined, matched] = [0, 0];
  for await (const stored of newest(alerts, from, scopes)) {
    examined++;
    const told = await previewed(stored, tried, audienceOf);
    if (told !== undefined) {
      matched++;
      shown.push(...(shown.length < MOST_SHOWN ? [told] : []));
    }
  }
  return { examined, matched, alerts: shown };
}

function triedRules(
  { routes, maintenance, personal }: RoutingRules,
  channel: string | undefined,
  rule: PreviewRequest['rule'],
): RoutingRules {
  if (rule !== undefined) {
    return { routes: [{ id: TRIED, ...rule }], maintenance };
  }
  return channel === undefined
    ? { routes, maintenance, ...(personal && { personal }) }
    : { routes: routes.filter(({ id }) => id === channel), maintenance };
}

async function previewed(
  stored: StoredAlert,
  rules: RoutingRules,
  audienceOf: (resourceKey: string) => Promise<Audience>,
): Promise<PreviewedAlert | undefined> {
  const { tags, people } = await audienceOf(stored.resourceKey);
  const subject = { alert: stored.alert, resourceKey: stored.resourceKey, tags };
  const channels = routesFor(subject, rules, people).map(({ id }) => id);
  const silenced = silenceOf(stored.suppressedBy, subject, rules.maintenance);
  return channels.length === 0 ? undefined : { stored, channels, ...(silenced !== undefined && { silenced }) };
}

async function* newest(alerts: AlertStore, from: number, scopes: readonly string[] | undefined) {
  const filter = { from, ...(scopes !== undefined && { scopes }) };
  let [cursor, count]: [string | undefined, number] = [undefined, 0];
  do {
    const page = await alerts.list(filter, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    yield* page.items;
    count += page.items.length;
    cursor = page.next;
  } while (cursor !== undefined && count < MOST_EXAMINED);
}
