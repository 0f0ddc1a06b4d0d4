import type { Producer } from '@platformatic/kafka';
import { z } from 'zod';
import { connectionOptions } from '../../lib/kafka/connection-options.ts';
import { type KafkaConnection, kafkaBrokers, kafkaSecurity } from '../../lib/kafka/connection-settings.ts';
import { alertLine } from '../alert-line.ts';
import { defineNotifier, type Notice } from '../notifier.ts';

const settings = z.object({
  brokers: kafkaBrokers,
  topic: z.string().min(1).describe('The topic; Event Hubs: the event hub.'),
  format: z
    .enum(['export', 'azure', 'ocsf', 'ecs'])
    .default('export')
    .describe(
      'What a message holds: what Azure’s continuous export writes to event hubs, Azure’s resource, OCSF, or the Elastic Common Schema.',
    ),
  ...kafkaSecurity,
});

/** Writes alerts to a topic of Kafka, or to an event hub. */
export const kafka = defineNotifier({
  id: 'kafka',
  title: 'Kafka, Event Hubs',
  settings,

  open({ topic, format, ...connection }, { version }) {
    let producer: Promise<Producer> | undefined;
    const close = async () => {
      const open = producer;
      producer = undefined;
      await (await open?.catch(() => undefined))?.close().catch(() => undefined);
    };
    return {
      batch: 200,
      tellsDecisions: true,
      async deliver(notices, signal) {
        signal.throwIfAborted();
        producer ??= openProducer(connection as KafkaConnection); // refined: each mechanism has what it needs
        try {
          const messages = notices.map((notice) => messageOf(notice, topic, alertLine(notice, format, version)));
          await (await producer).send({ messages });
        } catch (error) {
          await close(); // brokers may have moved
          throw new Error(`the broker did not take it: ${reasonOf(error)}`);
        }
      },
      close,
    };
  },
});

/** Loaded when needed: few use it. */
async function openProducer(connection: KafkaConnection): Promise<Producer> {
  const { ProduceAcks, Producer: Client } = await import('@platformatic/kafka');
  return new Client({
    clientId: 'vedette',
    bootstrapBrokers: [...connection.brokers],
    acks: ProduceAcks.ALL,
    retries: 2,
    ...connectionOptions(connection),
  });
}

/** Those of one alert stay in order, since its name is the key. */
function messageOf({ id, alert }: Notice, topic: string, text: string) {
  return {
    topic,
    key: Buffer.from(alert.name),
    value: Buffer.from(text),
    headers: new Map([
      [Buffer.from('vedette-id'), Buffer.from(id)],
      [Buffer.from('content-type'), Buffer.from('application/json')],
    ]),
  };
}

/** The client wraps what went wrong, several times over. */
function reasonOf(error: unknown): string {
  const { errors, cause, message } = error as { errors?: unknown[]; cause?: unknown; message?: string };
  const inner = errors?.[0] ?? cause;
  return inner === undefined ? (message ?? String(error)) : reasonOf(inner);
}
