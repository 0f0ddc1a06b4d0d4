import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { orders } from '../alerts/testkit.ts';
import { defineDetector } from '../detectors/detector.ts';
import { createEnrichment, type Enrichment, loadAddressData } from '../enrichers/enrichment.ts';
import { ActivityClass } from '../model/activity.ts';
import { azure } from '../parsers/azure/azure.ts';
import { recordOf } from '../parsers/azure/testkit.ts';
import { replayResource } from './replay-resource.ts';
import { temporaryFiles } from './testkit.ts';

let enrichment: Enrichment;
beforeAll(async () => {
  enrichment = createEnrichment(await loadAddressData({ networks: [], geo: [], asn: [], cloudRanges: [] }));
});

const ID = '66a0c647-af38-4b8d-a92a-c48a805d6460';
const OTHER_ID = '66a0c647-af38-4b8d-a92a-c48a805d6461';
const timeAt = (seconds: number) => new Date(Date.UTC(2026, 10, 19, 10) + 1000 * seconds).toISOString();

const request = (seconds: number, activityId: string, principal: string, statusCode = '200') =>
  recordOf(
    'DataPlaneRequests',
    { activityId, aadPrincipalId: principal, clientIpAddress: '192.0.2.10', databaseName: 'shop', statusCode },
    { time: timeAt(seconds), operationName: 'Query' },
  );
const query = (seconds: number, activityId: string, sql: string) =>
  recordOf(
    'QueryRuntimeStatistics',
    {
      activityId,
      databasename: 'shop',
      collectionname: 'items',
      useragent: 'sdk',
      querytext: JSON.stringify({ query: sql }),
    },
    { time: timeAt(seconds) },
  );

/** What detectors are shown of the statements, in words, and whether each kept its record. */
async function statements(...log: string[]): Promise<string[]> {
  const seen: string[] = [];
  const detector = defineDetector({
    id: 'witness',
    title: 'Witness',
    attack: [],
    watches: ActivityClass.statement,
    settings: z.object({}),
    createState: () => ({}),
    evaluate(activity) {
      const { directory } = activity;
      const [line] = activity.keep().map((record) => record.show());
      expect(line?.text).toContain('QueryRuntimeStatistics');
      expect([directory.database(activity.database), directory.word(activity.container)]).toEqual(['shop', 'items']);
      expect([directory.application(activity.application), activity.class]).toEqual(['sdk', ActivityClass.statement]);
      const client = `${directory.principal(activity.principal)}@${directory.address(activity.address).address}`;
      seen.push(`${(activity.time - Date.parse(timeAt(0))) / 1000} ${client} ${activity.statementText()}`);
    },
    hold() {},
  });
  const [file] = temporaryFiles({ 'log.json': log.join('') });
  const plan = {
    resource: { ...orders, engine: 'cosmosdb' as const },
    sources: [{ format: 'azure', files: [file!] }],
    settings: { witness: {} },
  };
  const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  await replayResource(plan, range, { parsers: [azure], detectors: [detector] }, enrichment, () => {});
  return seen;
}

describe('the statement of a query', () => {
  it('is of the client whose request came before', async () => {
    expect(await statements(request(0, ID, 'anna'), query(1, ID, 'SELECT 1'))).toEqual(['1 anna@192.0.2.10 SELECT 1']);
  });

  it('is of the client whose request comes behind', async () => {
    expect(
      await statements(
        query(0, ID, 'SELECT 1'),
        query(0, ID, 'SELECT 2'),
        request(1, OTHER_ID, 'bob'),
        request(2, ID, 'anna'),
      ),
    ).toEqual(['0 anna@192.0.2.10 SELECT 1', '0 anna@192.0.2.10 SELECT 2']);
  });

  it('is shown without a client when no request comes', async () => {
    expect(await statements(query(0, ID, 'SELECT 1'))).toEqual(['0 @[local] SELECT 1']);
  });

  it('waits for a quarter of an hour at most', async () => {
    const late = (seconds: number) =>
      statements(query(0, ID, 'SELECT 1'), request(seconds, OTHER_ID, 'bob'), request(seconds, ID, 'anna'));
    expect(await late(900)).toEqual(['0 anna@192.0.2.10 SELECT 1']);
    expect(await late(901)).toEqual(['0 @[local] SELECT 1']);
  });

  it('is not of one whose request was refused', async () => {
    expect(await statements(request(0, ID, 'mallory', '403'), query(1, ID, 'SELECT 1'))).toEqual([
      '1 @[local] SELECT 1',
    ]);
  });

  it('is of the first of two that use one id', async () => {
    expect(await statements(request(0, ID, 'anna'), request(1, ID, 'mallory'), query(2, ID, 'SELECT 1'))).toEqual([
      '2 anna@192.0.2.10 SELECT 1',
    ]);
  });

  it('is shown at once where it names no request', async () => {
    expect(await statements(query(0, '', 'SELECT 1'), request(1, ID, 'anna'))).toEqual(['0 @[local] SELECT 1']);
  });

  it('is not kept waiting among too many', async () => {
    const id = (i: number) => `${i.toString(16).padStart(8, '0')}-af38-4b8d-a92a-c48a805d6460`;
    const many = Array.from({ length: 2050 }, (_, i) => query(0, id(i), `SELECT ${i}`));
    const seen = await statements(...many, request(1, id(0), 'anna'), request(1, id(2049), 'bob'));
    expect(seen.slice(0, 3)).toEqual(['0 @[local] SELECT 0', '0 @[local] SELECT 1', '0 bob@192.0.2.10 SELECT 2049']);
    expect(seen).toHaveLength(2050);
  });
});
