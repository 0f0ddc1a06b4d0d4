import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { Producer } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openJournal } from '../src/journal/journal.ts';
import { openReader, readAll, temporaryDirectory } from '../src/journal/testkit.ts';
import type { KafkaSettings } from '../src/sources/kafka/kafka-settings.ts';
import { startKafka } from '../src/sources/kafka/start-kafka.ts';
import { whyNoKafka } from './servers/kafka/install.ts';
import { KAFKA_USER, type KafkaServer, startKafkaServer } from './servers/kafka.ts';
import { whyNot } from './why-not.ts';

const MEMBER = join(import.meta.dirname, 'servers', 'kafka', 'member.ts');
const reason = whyNot(whyNoKafka());
const PATIENCE = { timeout: 120_000, interval: 100 };

describe.skipIf(reason !== undefined)('on a real broker', () => {
  let server: KafkaServer;
  let topics = 0;

  beforeAll(async () => {
    server = await startKafkaServer();
  });
  afterAll(() => server?.stop());

  async function newTopic(partitions: number): Promise<string> {
    const topic = `activity-${topics++}`;
    await server.createTopic(topic, partitions);
    return topic;
  }

  async function produce(topic: string, values: readonly (string | undefined)[], partitions = 1): Promise<void> {
    const producer = new Producer({ clientId: 'test', bootstrapBrokers: [server.broker], idempotent: true });
    const messages = values.map((value, i) => ({
      topic,
      partition: i % partitions,
      ...(value !== undefined && { value: Buffer.from(value) }),
    }));
    await producer.send({ messages });
    await producer.close();
  }

  function settingsFor(topic: string, more: Partial<KafkaSettings> = {}): KafkaSettings {
    return { brokers: [server.broker], topic, group: `group-of-${topic}`, ...more };
  }

  async function start(settings: KafkaSettings, directory = temporaryDirectory()) {
    const journal = await openJournal({ directory });
    const intake = startKafka({ settings, journal, format: 'azure', sessionTimeoutMs: 6000 });
    const close = async () => {
      await intake.close();
      await journal.close();
    };
    onTestFinished(close);
    const kept = async () =>
      (await readAll(openReader(journal.options))).split('\n').filter((line) => line.trim() !== '');
    return { journal, intake, kept, close, directory };
  }

  it('reads all partitions from the beginning, each record a line, and counts what is none', async () => {
    const topic = await newTopic(3);
    await produce(topic, ['{"records":[{"a":1},{"a":2}]}', '{"a":3}', 'garbage', undefined, '[{"a":4}]'], 3);
    const { kept, intake, journal } = await start(settingsFor(topic));
    await vi.waitFor(async () => expect(await kept()).toHaveLength(4), PATIENCE);

    expect(new Set((await kept()).map((line) => JSON.parse(line).a))).toEqual(new Set([1, 2, 3, 4]));
    expect(intake.status()).toMatchObject({ state: 'running', messages: 4 });
    expect(Object.values(intake.status().refused)).toEqual([{ count: 1, example: 'garbage' }]);
    expect(Object.fromEntries(journal.positions)).toEqual({
      [`${topic}/0`]: '2',
      [`${topic}/1`]: '2',
      [`${topic}/2`]: '1',
    });
  });

  it('goes on where it stood after a restart', async () => {
    const topic = await newTopic(1);
    await produce(topic, ['{"a":1}']);
    const first = await start(settingsFor(topic));
    await vi.waitFor(async () => expect(await first.kept()).toHaveLength(1), PATIENCE);
    await first.close();
    await produce(topic, ['{"a":2}']);
    const second = await start(settingsFor(topic), first.directory);
    await vi.waitFor(async () => expect(await second.kept()).toHaveLength(2), PATIENCE);

    expect(await second.kept()).toEqual(['{"a":1}', '{"a":2}']);
  });

  it('two members, killed and restarted over and over: each message is kept once', async () => {
    const topic = await newTopic(4);
    const settings = settingsFor(topic);
    const directories = [temporaryDirectory(), temporaryDirectory()];
    const members: ChildProcess[] = [];
    const run = (i: number) => {
      members[i] = spawn(execPath, [MEMBER, directories[i]!, JSON.stringify(settings)], { stdio: 'inherit' });
    };
    onTestFinished(() => members.forEach((member) => void member.kill('SIGKILL')));
    let count = 0;
    const more = async () => {
      await produce(
        topic,
        Array.from({ length: 400 }, () => `{"n":${count++}}`),
        4,
      );
    };
    const kept = async () => {
      const lines = (await Promise.all(directories.map(contentOf))).flatMap((content) => content.split('\n'));
      return lines.filter((line) => line !== '').map((line) => Number(JSON.parse(line).n));
    };
    const untilKept = (least: number) =>
      vi.waitFor(async () => expect((await kept()).length).toBeGreaterThanOrEqual(least), PATIENCE);
    const end = async (i: number, signal: 'SIGKILL' | 'SIGTERM') => {
      members[i]!.kill(signal);
      await once(members[i]!, 'exit');
    };
    await more();
    run(0);
    await untilKept(400);
    run(1); // joins: partitions move while messages come
    await more();
    await more();
    await untilKept(900);
    await end(0, 'SIGKILL'); // in the middle of whatever it does; the other gets its partitions
    await more();
    await untilKept(1600);
    run(0); // finds what it had prepared, and asks the group about it
    await more();
    await untilKept(1700);
    await end(1, 'SIGTERM'); // leaves in order
    await more();
    run(1);
    await more();
    await end(0, 'SIGKILL');
    await end(1, 'SIGKILL');
    run(0);
    run(1);
    await untilKept(count);
    await Promise.all([end(0, 'SIGTERM'), end(1, 'SIGTERM')]);

    // What a member could not ask the group about before it was ended is decided when it comes up again.
    const last = await Promise.all(directories.map((directory) => start(settings, directory)));
    await vi.waitFor(async () => {
      const lines = (await Promise.all(last.map((member) => member.kept()))).flat();
      const numbers = lines.map((line) => Number(JSON.parse(line).n)).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: count }, (_, n) => n));
      expect(last.map(({ journal }) => journal.undecided)).toEqual([undefined, undefined]);
    }, PATIENCE);
  }, 600_000);

  it('encrypted, with a password', async () => {
    const topic = await newTopic(1);
    await produce(topic, ['{"a":1}']);
    const secure = { brokers: [server.secureBroker], tls: { ca: server.ca } };
    const { kept } = await start(settingsFor(topic, { ...secure, sasl: { mechanism: 'plain', ...KAFKA_USER } }));

    await vi.waitFor(async () => expect(await kept()).toEqual(['{"a":1}']), PATIENCE);
  });

  it('encrypted, with tokens of an identity provider', async () => {
    const topic = await newTopic(1);
    await produce(topic, ['{"a":1}']);
    const tokenUrl = await startIdentityProvider();
    const sasl = { mechanism: 'oauthbearer', tokenUrl, clientId: 'vedette', clientSecret: 'invented' } as const;
    const { kept } = await start(settingsFor(topic, { brokers: [server.secureBroker], tls: { ca: server.ca }, sasl }));

    await vi.waitFor(async () => expect(await kept()).toEqual(['{"a":1}']), PATIENCE);
  });

  it.each<[string, string, (server: KafkaServer) => Partial<KafkaSettings>]>([
    [
      'a wrong password',
      'refused',
      ({ secureBroker, ca }) => ({
        brokers: [secureBroker],
        tls: { ca },
        sasl: { mechanism: 'plain', username: 'vedette', password: 'wrong-secret' },
      }),
    ],
    ['a certificate that nobody trusts', 'waiting', ({ secureBroker }) => ({ brokers: [secureBroker], tls: {} })],
    ['nobody there', 'waiting', () => ({ brokers: ['127.0.0.1:1'] })],
    ['a topic that does not exist', 'waiting', () => ({ topic: 'nothing' })],
  ])('%s is shown, tried again and stops nothing', async (_, state, settings) => {
    const { intake } = await start({ ...settingsFor('unused'), ...settings(server) });
    await vi.waitFor(() => expect(intake.status().state).toBe(state), PATIENCE);
    const { problem, retryTime } = intake.status();

    expect(problem).toMatch(/topic (unused|nothing), group group-of-unused: ./);
    expect(problem).not.toContain('wrong-secret');
    expect(retryTime).toBeGreaterThan(Date.now() - 5000);
  });
});

/** What lies in the journal of a member that runs or was killed. */
async function contentOf(directory: string): Promise<string> {
  const copy = temporaryDirectory();
  cpSync(directory, copy, { recursive: true });
  const journal = await openJournal({ directory: copy });
  await journal.settle(true); // while it runs, the last line is always one to be confirmed
  const content = await readAll(openReader(journal.options));
  await journal.close();
  return content;
}

/** Gives unsigned tokens, as the broker's default validator takes them in tests. */
async function startIdentityProvider(): Promise<string> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const server = createServer((_request, response) => {
    const now = Math.floor(Date.now() / 1000);
    const token = `${part({ alg: 'none' })}.${part({ sub: 'vedette', iat: now, exp: now + 600 })}.`;
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ access_token: token, expires_in: 600 }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  return `http://127.0.0.1:${port}/token`;
}
