import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openJournal } from '../src/journal/journal.ts';
import { openReader, readAll, temporaryDirectory } from '../src/journal/testkit.ts';
import { startAzureBlob } from '../src/sources/azure-blob/start-azure-blob.ts';
import { type AzuriteServer, startAzurite, whyNoAzurite } from './servers/azurite.ts';
import { whyNot } from './why-not.ts';

const reason = whyNot(whyNoAzurite());
const PATIENCE = { timeout: 120_000, interval: 50 };

/** Blob of an hour, counted from now. */
function hourBlob(hours: number): string {
  const [, year, month, day, hour] =
    /(\d+)-(\d+)-(\d+)T(\d+)/.exec(new Date(Date.now() + 3_600_000 * hours).toISOString()) ?? [];
  return `resourceId=/SUBSCRIPTIONS/0/RESOURCEGROUPS/RG/y=${year}/m=${month}/d=${day}/h=${hour}/m=00/PT1H.json`;
}

describe.skipIf(reason !== undefined)('append blobs', () => {
  let server: AzuriteServer;
  let containers = 0;

  beforeAll(async () => {
    server = await startAzurite();
  });
  afterAll(() => server?.stop());

  async function newContainer(): Promise<ContainerClient> {
    const client = BlobServiceClient.fromConnectionString(server.connectionString).getContainerClient(
      `logs${containers++}`,
    );
    await client.create();
    return client;
  }

  async function append(container: ContainerClient, name: string, text: string): Promise<void> {
    const blob = container.getAppendBlobClient(name);
    await blob.createIfNotExists();
    await blob.appendBlock(text, Buffer.byteLength(text));
  }

  async function start(
    container: string,
    directory = temporaryDirectory(),
    connectionString = server.connectionString,
  ) {
    const journal = await openJournal({ directory });
    const intake = startAzureBlob({ settings: { connectionString, container }, journal, pollMs: 50 });
    const close = async () => {
      await intake.close();
      await journal.close();
    };
    onTestFinished(close);
    return { journal, intake, close, directory, kept: () => readAll(openReader(journal.options)) };
  }

  it('that grow are followed, whole lines only, and on after a restart', async () => {
    const container = await newContainer();
    const name = hourBlob(0);
    await append(container, name, '{"a":1}\r\n{"a":');
    const first = await start(container.containerName);
    await vi.waitFor(async () => expect(await first.kept()).toBe('{"a":1}\r\n'), PATIENCE);
    await append(container, name, '2}\r\n');
    await vi.waitFor(async () => expect(await first.kept()).toBe('{"a":1}\r\n{"a":2}\r\n'), PATIENCE);
    await first.close();
    await append(container, name, '{"a":3}\r\n');
    const second = await start(container.containerName, first.directory);

    await vi.waitFor(async () => expect(await second.kept()).toBe('{"a":1}\r\n{"a":2}\r\n{"a":3}\r\n'), PATIENCE);
    expect(second.intake.status().state).toBe('running');
  });

  it('of an hour that is long over are read to their end, and forgotten when they are deleted', async () => {
    const container = await newContainer();
    await append(container, hourBlob(-30), '{"a":1}');
    const { kept, journal } = await start(container.containerName);
    await vi.waitFor(async () => expect(await kept()).toBe('{"a":1}\n'), PATIENCE);
    await container.deleteBlob(hourBlob(-30));

    await vi.waitFor(() => expect(journal.positions.size).toBe(0), PATIENCE);
  });

  it('are all found, page after page, and large ones read in pieces', async () => {
    const container = await newContainer();
    for (let i = 0; i < 12; i++) {
      await append(container, `day/${i}/PT1H.json`, `{"a":${i}}\n`);
    }
    const large = `${JSON.stringify({ a: 'x'.repeat(1_000_000) })}\n`;
    for (let i = 0; i < 6; i++) {
      await append(container, 'large/PT1H.json', large);
    }
    const { kept } = await start(container.containerName);

    await vi.waitFor(async () => expect((await kept()).split('\n')).toHaveLength(19), PATIENCE);
    expect((await kept()).split('\n').every((line) => line === '' || typeof JSON.parse(line).a !== 'undefined')).toBe(
      true,
    );
  });

  it('that were replaced are read anew, and that is told', async () => {
    const container = await newContainer();
    await append(container, 'x.json', '{"a":1}\n{"a":2}\n');
    const { kept, intake } = await start(container.containerName);
    await vi.waitFor(async () => expect(await kept()).toContain('{"a":2}'), PATIENCE);
    await container.deleteBlob('x.json');
    await append(container, 'x.json', '{"a":3}\n');
    await vi.waitFor(async () => expect(await kept()).toContain('{"a":3}'), PATIENCE);

    expect(intake.status().state).toBe('running');
  });

  it.each<[string, string, (text: string) => string]>([
    ['a wrong key', 'refused', (text) => text.replace(/AccountKey=[^;]+/, 'AccountKey=AAAA')],
    ['nobody there', 'waiting', (text) => text.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1')],
  ])('%s is shown and tried again', async (_, state, change) => {
    const { intake } = await start('logs0', undefined, change(server.connectionString));
    await vi.waitFor(() => expect(intake.status().state).toBe(state), PATIENCE);

    expect(intake.status().problem).toMatch(/^devstoreaccount1, container logs0: ./);
  });
});
