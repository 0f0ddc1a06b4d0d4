import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { orders } from '../alerts/testkit.ts';
import { defineDetector } from '../detectors/detector.ts';
import { createEnrichment, type Enrichment, loadAddressData } from '../enrichers/enrichment.ts';
import { ActivityClass } from '../model/activity.ts';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import { pgbouncer } from '../parsers/pgbouncer/pgbouncer.ts';
import { replayResource } from './replay-resource.ts';
import { temporaryFiles } from './testkit.ts';

const recorded = (name: string) => fileURLToPath(new URL(`../parsers/pgbouncer/samples/${name}`, import.meta.url));
const SERVER = { format: 'csvlog', files: [recorded('server/postgresql-16.csv')] };
const POOLER = { format: 'pgbouncer', files: [recorded('pgbouncer.log')] };

let enrichment: Enrichment;
beforeAll(async () => {
  enrichment = createEnrichment(await loadAddressData({ networks: [], geo: [], asn: [], cloudRanges: [] }));
});

/** What a detector sees of the logs: who logged in or ran a statement, from where, and whether that is a place. */
async function seenOf(sources: readonly { format: string; files: string[] }[]) {
  const seen: { what: string; address: string; hasPlace: boolean }[] = [];
  const witness = defineDetector({
    id: 'witness',
    title: 'Witness',
    attack: [],
    watches: ActivityClass.statement | ActivityClass.authentication,
    settings: z.object({}),
    createState: () => ({}),
    evaluate(activity) {
      const { directory } = activity;
      const isLogin = activity.class === ActivityClass.authentication;
      const what = isLogin ? `login of ${directory.principal(activity.principal)}` : activity.statementText();
      seen.push({ what, address: directory.address(activity.address).address, hasPlace: activity.place !== 0 });
    },
    hold() {},
  });
  const plan = { resource: orders, sources, settings: { witness: {} } };
  const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const plugins = { parsers: [csvlog, pgbouncer], detectors: [witness] };
  await replayResource(plan, range, plugins, enrichment, () => {});
  return seen;
}

describe('the recorded logs of a pooler and its server', () => {
  it.each([
    ['server', [SERVER, POOLER]],
    ['pooler', [POOLER, SERVER]],
  ])('tell the clients behind the statements, the %s configured first', async (_, sources) => {
    const seen = await seenOf(sources);
    const behind = (text: string) => seen.find(({ what }) => what.startsWith(`SELECT '${text}'`));
    expect(behind('alone')).toMatchObject({ address: '203.0.113.9' });
    expect(behind('first alone')).toMatchObject({ address: '192.0.2.10' });
    expect(behind('first of two')).toMatchObject({ address: '[pooled]', hasPlace: false });
    expect(behind('second of two')).toMatchObject({ address: '[pooled]', hasPlace: false });
    expect(behind('second alone')).toMatchObject({ address: '192.0.2.11' });
    expect(behind('past the pooler')).toMatchObject({ address: '192.0.2.50' });
  });

  it('tell where logins came from', async () => {
    const logins = (await seenOf([SERVER, POOLER])).filter(({ what }) => what.startsWith('login'));
    expect(logins.filter(({ what }) => what === 'login of analyst').map(({ address }) => address)).toEqual([
      '203.0.113.9', // to the server, for the client
      '203.0.113.9', // to the pooler, known when the client leaves
    ]);
    expect(logins.map(({ address }) => address)).not.toContain('127.0.0.1');
  });

  it('leave the address of the pooler where its log is not there', async () => {
    const seen = await seenOf([SERVER]);
    expect(seen.find(({ what }) => what.startsWith("SELECT 'alone'"))?.address).toBe('127.0.0.1');
  });
});

describe('a pooler that was started anew', () => {
  const at = (second: number) => `2026-11-21 10:00:${String(second).padStart(2, '0')}.000 UTC`;
  const pooler = (second: number, text: string) => `${at(second)} [18] LOG ${text}\n`;
  const server = (second: number, message: string) =>
    `${at(second)},"app","shop",7,"10.0.0.9:4444",6b01ebad.7,1,"x",${at(second)},,0,LOG,00000,"${message}",,,,,,,,,"","client backend",,0\n`;

  it('has none of the clients that it had', async () => {
    const link = 'S-0xb: shop/app@10.0.0.5:5432 new connection to server (from 10.0.0.9:4444)';
    const client = (address: string) => `${address}:5 login attempt: db=shop user=app tls=no`;
    const files = temporaryFiles({
      'pgbouncer.log':
        pooler(1, `C-0xa: shop/app@${client('192.0.2.1')}`) +
        pooler(5, 'process up: PgBouncer 1.18.0') +
        pooler(6, `C-0xc: shop/app@${client('192.0.2.2')}`) +
        pooler(7, link),
      'server.csv':
        server(7, 'connection received: host=10.0.0.9 port=4444') +
        server(7, 'connection authorized: user=app database=shop') +
        server(8, 'statement: SELECT 1'),
    });
    const sources = files.map((file, i) => ({ format: i === 0 ? 'pgbouncer' : 'csvlog', files: [file] }));
    const seen = await seenOf(sources);
    expect(seen.at(-1)).toMatchObject({ what: 'SELECT 1', address: '192.0.2.2' });
  });
});
