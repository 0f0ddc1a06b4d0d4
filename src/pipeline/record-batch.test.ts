import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineDetector } from '../detectors/detector.ts';
import { createEnrichment, loadAddressData } from '../enrichers/enrichment.ts';
import { azure } from '../parsers/azure/azure.ts';
import { azureRecord } from '../parsers/azure/testkit.ts';
import { replayStreams } from './replay-streams.ts';
import { START, temporaryFiles } from './testkit.ts';

const ACCOUNTS =
  '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/Shop/providers/Microsoft.DocumentDB/databaseAccounts';

/** Who asked what of which account; every seventh name has a character that is escaped. */
function requestAt(i: number): { account: string; principal: string } {
  return { account: `carts${i % 3}`, principal: i % 7 === 0 ? `app\\${i}` : `app${i}` };
}

function recordAt(i: number): string {
  const { account, principal } = requestAt(i);
  const time = new Date(START + 100 * i).toISOString();
  const padding = { connectionMode: 'Gateway'.repeat(40) };
  return azureRecord({ aadPrincipalId: principal, ...padding }, { time, resourceId: `${ACCOUNTS}/${account}` });
}

/** Replays streams and gives, of each account, who was seen, with the record that is shown for it. */
async function replay(streams: readonly (readonly string[])[]) {
  const seen = new Map<string, { principal: string; record: string }[]>();
  const witness = defineDetector({
    id: 'witness',
    title: 'Witness',
    attack: [],
    watches: 2 ** 12 - 1,
    settings: z.object({}),
    createState: () => ({}),
    evaluate(activity, _state, _settings, _report, { name }) {
      const { text, source, byteOffset } = activity.keep()[0]!.show();
      const known = seen.get(name) ?? [];
      const record = `${source.slice(-6)} ${byteOffset} ${JSON.parse(text).properties.aadPrincipalId}`;
      seen.set(name, [
        ...known.slice(-40_000),
        { principal: activity.directory.principal(activity.principal), record },
      ]);
    },
    hold() {},
  });
  await replayStreams(
    {
      streams: { sources: streams.map((files) => ({ format: 'azure', files })), settings: { witness: {} } },
      resources: [],
    },
    { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
    { parsers: [azure], detectors: [witness] },
    createEnrichment(await loadAddressData({ networks: [], geo: [], asn: [], cloudRanges: [], reputation: [] })),
    () => {},
  );
  return seen;
}

it('keeps the records of a resource in their order, with their bytes, over all that is loaded', {
  timeout: 60_000,
}, async () => {
  const records = Array.from({ length: 12_000 }, (_, i) => recordAt(i));
  const half = records.length / 2;
  const [first, second, other] = temporaryFiles({
    'a.json': records
      .slice(0, half)
      .filter((_, i) => i % 2 === 0)
      .join(''),
    'b.json': records.slice(half).join(''),
    'c.json': records
      .slice(0, half)
      .filter((_, i) => i % 2 === 1)
      .join(''),
  });
  const seen = await replay([[first!, second!], [other!]]);

  for (const account of ['carts0', 'carts1', 'carts2']) {
    const expected = records.flatMap((_, i) => (requestAt(i).account === account ? [requestAt(i).principal] : []));
    const known = seen.get(account)!;
    expect(known.map(({ principal }) => principal)).toEqual(expected);
    expect(known.map(({ record }) => record.split(' ')[2])).toEqual(expected);
  }
});
