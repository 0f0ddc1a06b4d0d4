import { beforeAll, expect, it } from 'vitest';
import { orders } from '../alerts/testkit.ts';
import { createEnrichment, type Enrichment, loadAddressData } from '../enrichers/enrichment.ts';
import { ActivityClass, type ActivityObserver } from '../model/activity.ts';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import { authenticated, authorized, disconnection, failure, received, statement } from '../sessions/testkit.ts';
import { mergeByTime } from './merge-by-time.ts';
import { createJudgement, openLogs } from './replay-resource.ts';
import { temporaryFiles } from './testkit.ts';

let enrichment: Enrichment;
beforeAll(async () => {
  enrichment = createEnrichment(await loadAddressData({ networks: [], geo: [], asn: [], cloudRanges: [] }));
});

/** What is shown of a log, in order; `-` where ids may stand for others from then on. */
async function shownOf(log: string): Promise<string[]> {
  const shown: string[] = [];
  const observer: ActivityObserver = {
    observe: ({ class: of, principal, directory }) => {
      const name = Object.entries(ActivityClass).find(([, bit]) => bit === of)?.[0];
      shown.push(`${name} ${directory.principal(principal)}`);
    },
    forgetIds: () => void shown.push('-'),
  };
  const plan = {
    resource: orders,
    sources: [{ format: 'csvlog', files: temporaryFiles({ '0.csv': log }) }],
    settings: {},
  };
  const plugins = { parsers: [csvlog], detectors: [] };
  const judgement = createJudgement(plan, plugins, enrichment, undefined, false, observer);
  const { inlets, leave } = await openLogs(judgement, Number.POSITIVE_INFINITY, plugins);
  await mergeByTime(inlets, leave, () => {});
  return shown;
}

it('is shown every record once, harmless credentials too', async () => {
  const log = [received(), authenticated(), authorized(), statement(), disconnection()].join('');

  expect(await shownOf(log)).toEqual([
    'connection ',
    'credentialAccepted alice',
    'authentication alice',
    'statement alice',
    'disconnection alice',
  ]);
});

it('is told that ids go to others when they do, and not before', { timeout: 60_000 }, async () => {
  const attempts = (count: number) =>
    Array.from({ length: count }, (_, n) =>
      failure({ session: `6afbb86d.${(n + 16).toString(16)}`, user: `name${n}` }),
    );
  const few = await shownOf(attempts(20_000).join(''));
  const many = await shownOf(attempts(300_000).join(''));

  expect(few.filter((it) => it === '-')).toEqual([]);
  expect(many.filter((it) => it === '-')).not.toEqual([]);
  expect(many.filter((it) => it !== '-')).toHaveLength(300_000);
});
