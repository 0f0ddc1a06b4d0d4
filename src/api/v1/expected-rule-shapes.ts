import { z } from 'zod';
import { parseCidr } from '../../lib/ip.ts';
import type { ExpectedRecord } from '../../protection/expected-records.ts';
import { networkRecords, networksInForce } from '../../protection/named-networks.ts';
import type { StoredDocument } from '../../store/document-store.ts';
import { badRequest } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { isoTime, time } from './schemas.ts';
import { scope } from './users.ts';

const SAY_WHOM = 'would silence whole detectors; name a principal, a network or an application';

const condition = (about: string) => z.string().min(1).max(200).exactOptional().describe(about);

const what = {
  scope: scope.default('/').describe('Where: `/`, or the id of a subscription, a resource group or a resource.'),
  principal: condition('Name of the principal, or a beginning with an asterisk: `v-token-*`.'),
  network: condition('Network such as 198.51.100.0/24, one address, or the name of a named network.'),
  application: condition('Name that the client gives itself, or a beginning with an asterisk.'),
  detector: condition('Id of the only detector that is meant.'),
  alertType: condition('The only alert type that is meant.'),
};

/** What a rule is about; whole detectors are not to be silenced. */
export const expectedMatter = z.strictObject(what).refine(namesSomebody, SAY_WHOM);
export const newExpectedRule = z
  .strictObject({
    ...what,
    until: z.iso
      .datetime({ offset: true })
      .describe('First moment, in the time of the events, at which it holds no more.'),
    owner: z.string().min(1).max(200).exactOptional().describe('Who answers for it; absent: the caller.'),
    reason: z.string().min(1).max(500),
  })
  .refine(namesSomebody, SAY_WHOM);

export const expectedRuleShape = z
  .object({
    id: z.string(),
    ...what,
    scope: z.string(),
    until: time,
    owner: z.string(),
    reason: z.string(),
    createdBy: z.string(),
    createdTime: time,
    isOver: z.boolean(),
    etag: z.string(),
  })
  .meta({ id: 'ExpectedRule' });

export function describeExpected(
  { body, createdTime, etag }: StoredDocument,
  now: number,
): z.output<typeof expectedRuleShape> {
  const { what: matter, ...record } = body as ExpectedRecord;
  const { until } = matter;
  return {
    ...record,
    ...matter,
    until: isoTime(until),
    createdTime: isoTime(createdTime),
    isOver: until <= now,
    etag,
  };
}

/** What the rule names must exist: a misspelt name would hide nothing, or come to hide something else. */
export async function requireKnown(
  { catalogue, networks, store }: ApiContext,
  { detector, network }: { detector?: string; network?: string },
): Promise<void> {
  if (detector !== undefined && catalogue !== undefined && !catalogue.some(({ id }) => id === detector)) {
    throw badRequest(`There is no detector ${detector}.`, 'UnknownDetector');
  }
  const isNetwork = network === undefined || parseCidr(network) !== undefined;
  if (isNetwork || networks === undefined) {
    return;
  }
  if (!networksInForce(networks.declared(), await networkRecords(store)).some(({ name }) => name === network)) {
    throw badRequest(
      `${network} is neither a network in CIDR notation nor the name of a named network.`,
      'UnknownNetwork',
    );
  }
}

function namesSomebody(rule: { principal?: string; network?: string; application?: string }): boolean {
  return (rule.principal ?? rule.network ?? rule.application) !== undefined;
}
