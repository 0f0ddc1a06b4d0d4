import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GROUP, OTHER, raise, type TestServer, testServer } from '../../src/api/testkit.ts';
import { unzipped } from '../../src/evidence/zip.ts';
import type { Alert } from '../../src/model/alert.ts';
import { openStore } from '../../src/store/open-store.ts';
import { VEDETTE } from '../run-vedette.ts';
import { type RecordedArchive, recordedArchive } from './recorded-archive.ts';

const HOSTILE = `<img src=x onerror=alert(1)>"'&\u202e\u0000</style><script>alert(2)</script>`;

let recorded: RecordedArchive;
let server: TestServer;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vedette-evidence-'));
  const store = await openStore('sqlite:recorded.db', { directory });
  recorded = await recordedArchive(store, directory);
  server = await testServer({ archive: recorded.archive });
  for (const alert of recorded.alerts) {
    await raise(server.store, [alert], alert.properties.resourceIdentifiers[0]!.azureResourceId);
  }
  afterAll(async () => {
    await server.close();
    await recorded.archive.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });
}, 120_000);

async function packageOf(name: string): Promise<{ bytes: Buffer; files: Map<string, Buffer> }> {
  const send = await server.as('Security Reader');
  const answer = await send({ method: 'POST', url: `/api/v1/alerts/${name}/evidence` });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip']);
  const files = new Map(unzipped(answer.rawPayload).map((entry) => [entry.name, Buffer.from(entry.bytes)]));
  return { bytes: answer.rawPayload, files };
}

const exfiltration = () => recorded.alerts.find(({ properties }) => properties.alertType.includes('DataExfiltration'))!;
const incident = () => recorded.alerts.find(({ properties }) => properties.isIncident)!;

it('holds the alert, its lines with hashes, and what was done around it, twice the same', async () => {
  const { name, properties } = exfiltration();
  expect((await server.app.inject({ url: '/api/v1/evidence-key' })).statusCode).toBe(404); // a GET makes nothing
  const { files } = await packageOf(name);
  const rows = await parquetReadObjects({
    file: new Uint8Array(files.get('activities.parquet')!).buffer,
    compressors: { ZSTD: (bytes) => new Uint8Array(zstdDecompressSync(bytes)) },
  });
  const lines = files.get('raw-lines.jsonl')!.toString().trim().split('\n');
  const csv = files.get('activities.csv')!.toString().trim().split('\n');
  const marked = rows.filter(({ is_evidence: isEvidence }) => isEvidence === true);

  expect([...files.keys()].sort()).toEqual(
    [
      'README.txt',
      'activities.csv',
      'activities.parquet',
      `alerts/${name}.json`,
      'history.json',
      'manifest.json',
      'manifest.sig',
      'public-key.pem',
      'raw-lines.jsonl',
      'report.html',
    ].sort(),
  );
  expect(JSON.parse(files.get(`alerts/${name}.json`)!.toString()).properties.description).toBe(properties.description);
  expect(lines.map((line) => JSON.parse(line).sha256)).toEqual(
    lines.map(() => expect.stringMatching(/^[0-9a-f]{64}$/)),
  );
  expect(marked).toHaveLength(lines.length);
  expect(csv).toHaveLength(rows.length + 1);
  expect(csv.filter((line) => line.endsWith(',true'))).toHaveLength(marked.length);
  expect(files.get('report.html')!.toString()).toContain('<h2>What happened around it</h2>');
});

it('of an incident holds its alerts', async () => {
  const { name, properties } = incident();
  const { files } = await packageOf(name);
  const members = recorded.alerts.filter((alert) => alert.properties.correlationKey === properties.correlationKey);

  expect([...files.keys()].filter((file) => file.startsWith('alerts/')).sort()).toEqual(
    members.map((alert) => `alerts/${alert.name}.json`).sort(),
  );
  expect(members.length).toBeGreaterThan(2);
});

it('is checked by the command, and by openssl', async () => {
  const { bytes, files } = await packageOf(incident().name);
  const { pem, keyId } = (await server.app.inject({ url: '/api/v1/evidence-key' })).json();
  const path = (name: string) => join(directory, 'unpacked', name);
  for (const [name, content] of [...files, ['p.zip', bytes], ['key.pem', Buffer.from(pem)]] as [string, Buffer][]) {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
  }
  const verify = (...args: string[]) =>
    spawnSync(VEDETTE, ['evidence', 'verify', path('p.zip'), ...args], { encoding: 'utf8' });
  const good = verify('--key', path('key.pem'));
  const alone = verify();
  const signature = ['-pubin', '-inkey', path('key.pem'), '-rawin', '-in', path('manifest.json')];
  const openssl = spawnSync('openssl', ['pkeyutl', '-verify', ...signature, '-sigfile', path('manifest.sig')]);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path('p.zip'), bytes);
  const bad = verify('--key', path('key.pem'));

  expect([good.status, good.stdout]).toEqual([0, expect.stringContaining('by the key given')]);
  expect([alone.status, alone.stdout]).toEqual([0, expect.stringContaining(keyId)]);
  expect([bad.status, bad.stderr]).toEqual([1, expect.stringContaining('is not to be trusted')]);
  expect(openssl.error ?? openssl.status).toBe(0);
});

it('writes no markup, no script and no formula of an attacker into anything', async () => {
  const { properties, ...alert } = exfiltration();
  const hostile: Alert = {
    ...alert,
    name: `${alert.name.slice(0, -1)}0`,
    properties: {
      ...properties,
      alertDisplayName: HOSTILE,
      description: HOSTILE,
      entities: [{ type: 'account', name: HOSTILE }],
      extendedProperties: {
        [HOSTILE]: HOSTILE,
        'Potential causes': HOSTILE,
        'Investigation steps': `Ask: SELECT '${HOSTILE}';`,
      },
      remediationSteps: [HOSTILE],
      supportingEvidence: {
        title: HOSTILE,
        columns: [HOSTILE],
        rows: [[HOSTILE]],
        observed: { [HOSTILE]: HOSTILE },
        score: { value: 2, threshold: 1, unit: HOSTILE },
        timeline: {
          label: HOSTILE,
          startTimeUtc: properties.startTimeUtc,
          stepMs: 1000,
          counts: [1, 2],
          marks: [{ timeUtc: properties.startTimeUtc, label: HOSTILE }],
        },
        rawLines: [{ source: HOSTILE, byteOffset: 1, text: HOSTILE }],
      },
    },
  };
  await raise(server.store, [hostile], properties.resourceIdentifiers[0]!.azureResourceId);
  await server.store.alerts.comment({ id: 'c', alertName: hostile.name, by: HOSTILE, time: 0, text: HOSTILE });
  const { files } = await packageOf(hostile.name);
  const page = files.get('report.html')!.toString();

  expect(page.match(/onerror/g)!.length).toBeGreaterThan(15);
  expect(page).not.toMatch(/<img|<script/);
  expect([page.includes('\u0000'), page.includes('\u202e')]).toEqual([false, false]);
  expect(page.match(/<\/style>/g)).toHaveLength(1);
  expect(page).toContain('⟨U+202E⟩');
});

it('is only for those who may see the alert, and noted', async () => {
  const { name } = incident();
  const elsewhere = await server.as('Security Reader', OTHER);
  const group = await server.as('Security Reader', GROUP);
  const asked = { method: 'POST', url: `/api/v1/alerts/${name}/evidence` } as const;
  const { items } = await server.store.audit.list({ action: 'alerts.evidence' }, { limit: 50 });

  expect([(await elsewhere(asked)).statusCode, (await group(asked)).statusCode]).toEqual([404, 404]);
  expect(items.length).toBeGreaterThan(2);
});
