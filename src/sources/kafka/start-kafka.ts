import { setTimeout as sleep } from 'node:timers/promises';
import { Consumer } from '@platformatic/kafka';
import type { Journal } from '../../journal/journal.ts';
import { backOffMs } from '../../lib/back-off.ts';
import { connectionOptions } from '../../lib/kafka/connection-options.ts';
import type { Intake } from '../intake.ts';
import { createTally } from '../tally.ts';
import type { KafkaSettings } from './kafka-settings.ts';
import { runMember } from './run-member.ts';

/** After so long without a sign of life the others get the partitions. Java clients: 45 s. */
const SESSION_TIMEOUT_MS = 30_000;
const HEARTBEAT_MS = 3000;
/** What the broker does not let us do is asked seldom. */
const REFUSED_RETRY_MS = 60_000;
const CLOSE_TIMEOUT_MS = 5000;

export interface KafkaIntakeOptions {
  settings: KafkaSettings;
  journal: Journal;
  /** Parser id of the input, or `auto`. */
  format: string;
  sessionTimeoutMs?: number;
}

/** Reads a topic as a member of a group into the journal until it is closed. */
export function startKafka(options: KafkaIntakeOptions): Intake {
  const tally = createTally();
  const stop = new AbortController();

  async function run(): Promise<void> {
    for (let failures = 0; !stop.signal.aborted; ) {
      const consumer = openConsumer(options);
      const failed = Promise.withResolvers<never>();
      failed.promise.catch(() => {}); // told by the race below, or too late to matter
      consumer.on('error', failed.reject);
      consumer.on('consumer:heartbeat:stalled', () =>
        failed.reject(new Error('the broker does not answer heartbeats')),
      );
      try {
        const member = runMember({
          ...options,
          consumer,
          tally,
          signal: stop.signal,
          onProgress: () => (failures = 0),
        });
        await Promise.race([member, failed.promise]);
      } catch (error) {
        failures++;
        await waitFor(error as Error, failures);
      } finally {
        await closed(consumer);
      }
    }
  }

  async function waitFor(error: Error, failures: number): Promise<void> {
    const isRefused = isAuthorization(error);
    const pause = isRefused ? Math.max(backOffMs(failures), REFUSED_RETRY_MS / 2) : backOffMs(failures);
    tally.isWaiting(
      isRefused ? 'refused' : 'waiting',
      problemOf(error, options.settings, isRefused),
      Date.now() + pause,
    );
    await sleep(pause, undefined, { signal: stop.signal }).catch(() => {});
  }

  const running = run();
  return {
    ...tally,
    async close() {
      stop.abort();
      await running;
    },
  };
}

function openConsumer({ settings, sessionTimeoutMs = SESSION_TIMEOUT_MS }: KafkaIntakeOptions): Consumer {
  return new Consumer({
    clientId: 'vedette',
    groupId: settings.group,
    bootstrapBrokers: [...settings.brokers],
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: sessionTimeoutMs,
    heartbeatInterval: HEARTBEAT_MS,
    retries: 1,
    autocommit: false,
    ...connectionOptions(settings),
  });
}

/** A consumer whose broker is gone may wait for it; nobody waits for that one. */
async function closed(consumer: Consumer): Promise<void> {
  await Promise.race([consumer.close(true).catch(() => {}), sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
}

const REFUSALS = ['SASL_AUTHENTICATION_FAILED', 'GROUP_AUTHORIZATION_FAILED', 'TOPIC_AUTHORIZATION_FAILED'];

function isAuthorization(error: Error): boolean {
  return errorsIn(error).some(({ code, apiId }) => code === 'PLT_KFK_AUTHENTICATION' || REFUSALS.includes(apiId ?? ''));
}

type KafkaError = Error & { code?: string; apiId?: string };

/** The error and all that led to it, the innermost last: the library wraps one in the other several times. */
function errorsIn(error: Error): KafkaError[] {
  const inner = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  return [error, ...inner.filter((cause) => cause instanceof Error).flatMap(errorsIn)];
}

/** The library's messages may repeat what was sent; the innermost cause says enough. */
function problemOf(error: Error, { brokers, topic, group }: KafkaSettings, isRefused: boolean): string {
  const where = `${brokers.join(', ')}, topic ${topic}, group ${group}`;
  if (isRefused) {
    return `${where}: the broker refuses us; check the credentials and what they may read`;
  }
  const errors = errorsIn(error);
  return errors.some(({ apiId }) => apiId === 'UNKNOWN_TOPIC_OR_PARTITION')
    ? `${where}: the topic does not exist; create it or mend its name`
    : `${where}: ${errors.at(-1)?.message ?? error.message}; it is tried again`;
}
