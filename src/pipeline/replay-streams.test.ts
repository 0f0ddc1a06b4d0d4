import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineDetector } from '../detectors/detector.ts';
import { createEnrichment, type Enrichment, loadAddressData } from '../enrichers/enrichment.ts';
import { resourceNamed } from '../model/resource-id.ts';
import { azure } from '../parsers/azure/azure.ts';
import { azureRecord } from '../parsers/azure/testkit.ts';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import type { ResourcePlan, SourcePlan } from './plan.ts';
import { replayStreams } from './replay-streams.ts';
import { MAX_FOUND } from './resource-router.ts';
import { START, statementAt, temporaryFiles } from './testkit.ts';

const GROUP = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/Shop/providers';
const accountId = (name: string) => `${GROUP}/Microsoft.DocumentDB/databaseAccounts/${name}`;
const FLEXIBLE = `${GROUP}/Microsoft.DBforPostgreSQL/flexibleServers/orders`;

let enrichment: Enrichment;
beforeAll(async () => {
  enrichment = createEnrichment(
    await loadAddressData({ networks: [], geo: [], asn: [], cloudRanges: [], reputation: [] }),
  );
});

/** A request by somebody to an account, `seconds` after the start. */
function request(account: string, seconds: number, principal = 'app'): string {
  const time = new Date(START + 1000 * seconds).toISOString();
  return azureRecord({ aadPrincipalId: principal }, { time, resourceId: account });
}

/** A line of a server's log as Azure exports it. */
function serverLine(seconds: number, message: string): string {
  const time = new Date(START + 1000 * seconds).toISOString();
  const stamp = `${time.slice(0, 19).replace('T', ' ')} UTC`;
  const text = `${stamp}-6b01cb6d.40b8-LOG:  ${message}`;
  const properties = { timestamp: `${stamp.slice(0, 19)}.000 UTC`, processId: 16568, errorLevel: 'LOG', message: text };
  return `${JSON.stringify({ time, category: 'PostgreSQLLogs', resourceId: FLEXIBLE, properties })}\n`;
}

function planOf(id: string, sources: readonly SourcePlan[] = [], mark = 'configured'): ResourcePlan {
  return { resource: resourceNamed(id)!, sources, settings: { witness: { mark } } };
}

/** Replays streams, each with its files, and gives what a detector saw: `mark resource principal seconds`. */
async function replay(streams: readonly (readonly string[])[], resources: readonly ResourcePlan[] = []) {
  const seen: string[] = [];
  const witness = defineDetector({
    id: 'witness',
    title: 'Witness',
    attack: [],
    watches: 2 ** 12 - 1,
    settings: z.object({ mark: z.string() }),
    createState: () => ({}),
    evaluate({ directory, principal, time, isLate }, _state, { mark }, _report, { id }) {
      const late = isLate ? ' late' : '';
      seen.push(`${mark} ${id.split('/').at(-1)} ${directory.principal(principal)} ${(time - START) / 1000}${late}`);
    },
    hold() {},
  });
  const sources = streams.map((files) => ({ format: 'azure', files }));
  const outcome = await replayStreams(
    { streams: { sources, settings: { witness: { mark: 'found' } } }, resources },
    { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
    { parsers: [azure, csvlog], detectors: [witness] },
    enrichment,
    () => {},
  );
  return { seen, ...outcome };
}

describe('records of a stream', () => {
  it('go to the resources that they name, however these are written', async () => {
    const [file] = temporaryFiles({
      'a.json': [
        request(accountId('Carts'), 0),
        request(accountId('CATALOG').toUpperCase(), 1),
        request(accountId('carts').toUpperCase(), 2),
        request(`${accountId('carts')}/sqlDatabases/x`, 3),
      ].join(''),
    });
    const { seen, judged, counts } = await replay([[file!]]);

    expect(seen).toEqual(['found Carts app 0', 'found Carts app 2', 'found Carts app 3', 'found CATALOG app 1']);
    expect(judged).toEqual([accountId('carts').toLowerCase(), accountId('catalog').toLowerCase()]);
    expect(counts).toMatchObject({ records: 4, activities: { dataAccess: 4 }, rejected: {} });
  });

  it('go to the configured resource, with its casing and its settings', async () => {
    const [file] = temporaryFiles({ 'a.json': request(accountId('CARTS'), 0) });

    expect((await replay([[file!]], [planOf(accountId('Carts'))])).seen).toEqual(['configured Carts app 0']);
  });

  it('are merged with the log of their resource in the order of time; servers are flexible servers', async () => {
    const [stream, log] = temporaryFiles({
      'a.json': [
        request(accountId('carts'), 1),
        serverLine(3, 'connection authorized: user=bob database=shop'),
        serverLine(5, 'statement: SELECT 1'),
      ].join(''),
      'b.csv': [0, 2, 4, 6].map((second) => statementAt(1000 * second)).join(''),
    });
    const server = planOf(FLEXIBLE.replace('flexibleServers', 'servers'), [{ format: 'csvlog', files: [log!] }]);
    const { seen, counts } = await replay([[stream!]], [server]);
    const ofServer = seen.filter((line) => line.startsWith('configured'));

    expect(ofServer).toEqual(
      [0, 0, 2, 3, 4, 5, 6].map((second) => `configured orders ${second % 2 === 0 ? 'app' : 'bob'} ${second}`),
    );
    expect(seen.filter((line) => line.startsWith('found'))).toEqual(['found carts app 1']);
    expect(counts).toMatchObject({ records: 7, late: 0 });
  });

  it('leave logs of resources that they do not name alone', async () => {
    const [stream, log] = temporaryFiles({ 'a.json': request(accountId('carts'), 1), 'b.csv': statementAt(0) });
    const { seen, judged } = await replay([[stream!]], [planOf(FLEXIBLE, [{ format: 'csvlog', files: [log!] }])]);

    expect(seen).toEqual(['found carts app 1']);
    expect(judged).toEqual([accountId('carts').toLowerCase()]);
  });

  it('of several streams and files are judged in the order of time', async () => {
    const files = temporaryFiles({
      'a.json': request(accountId('carts'), 0) + request(accountId('carts'), 3),
      'b.json': request(accountId('carts'), 1) + request(accountId('carts'), 4),
      'c.json': request(accountId('carts'), 2),
    });
    const { seen } = await replay([files.slice(0, 2), files.slice(2)]);

    expect(seen).toEqual([0, 1, 2, 3, 4].map((second) => `found carts app ${second}`));
  });

  it('are late among those of their resource only', async () => {
    const hour = 3600;
    const [file] = temporaryFiles({
      'a.json': [
        request(accountId('carts'), hour),
        request(accountId('catalog'), 0),
        request(accountId('carts'), 1),
      ].join(''),
    });
    const { seen, counts } = await replay([[file!]]);

    expect(seen).toEqual([`found carts app ${hour}`, 'found carts app 1 late', 'found catalog app 0']);
    expect(counts.late).toBe(1);
  });
});

describe('a record is rejected that', () => {
  it.each([
    ['names no resource', '', 'a record that names no resource'],
    ['names something else', `${GROUP}/Microsoft.Storage/storageAccounts/x`, 'a record that names something else'],
    ['names a resource of another kind', FLEXIBLE, 'a record of another kind than the resource that it names'],
  ])('%s', async (_, id, reason) => {
    const [file] = temporaryFiles({ 'a.json': request(id, 0) + request(accountId('carts'), 1) });
    const { seen, counts } = await replay([[file!]]);

    expect(seen).toEqual(['found carts app 1']);
    expect(Object.entries(counts.rejected)).toEqual([
      [expect.stringContaining(reason), { count: 1, where: 'a.json at byte 0', example: expect.any(String) }],
    ]);
  });

  it('names one resource too many; those known before are judged on', { timeout: 60_000 }, async () => {
    const names = Array.from({ length: MAX_FOUND + 1 }, (_, i) => `carts${i}`);
    const content = [...names, 'carts0'].map((name, i) => request(accountId(name), i)).join('');
    const [file] = temporaryFiles({ 'a.json': content });
    const { seen, counts } = await replay([[file!]]);

    expect(seen).toHaveLength(MAX_FOUND + 1);
    expect(seen.at(-1)).toBe(`found carts0 app ${MAX_FOUND + 1}`);
    expect(counts.rejected).toMatchObject({
      [`a record of a resource beyond the first ${MAX_FOUND} that streams name`]: { count: 1 },
    });
  });
});

it('follows a session over the files of a stream', async () => {
  const files = temporaryFiles({
    'a.json': serverLine(0, 'connection received: host=10.0.0.5 port=4711'),
    'b.json': serverLine(1, 'connection authorized: user=bob database=shop') + serverLine(3, 'statement: SELECT 1'),
    'c.json': serverLine(2, 'statement: SELECT 2'),
  });
  const { seen } = await replay([files]);

  expect(seen).toEqual(['found orders  0', 'found orders bob 1', 'found orders bob 2', 'found orders bob 3']);
});
