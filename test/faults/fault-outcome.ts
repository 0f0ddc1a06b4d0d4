import { createHash } from 'node:crypto';
import type { Store } from '../../src/store/store.ts';
import { rememberedIn } from './memory-of.ts';

/** What is left when all of a log has been judged. */
export interface FaultOutcome {
  /** Version and canonical JSON of each alert, by start. */
  alerts: string[];
  /** What was counted: bytes, records, activities by class, what was skipped, rejected or late. */
  counts: Record<string, unknown>;
  /** What each detector has learned. */
  memory: Record<string, string>;
  /** SHA-256 over alerts, counts and memory. */
  hash: string;
  /**
   * Ids of what is told at last, by alert and channel. Which milder severities were told before it depends on how
   * many records were judged in one turn, and is no matter of losing or doubling.
   */
  messages: string[];
}

const EVERYTHING = { limit: 1000 };

/** @param folder where the log lies, which differs from run to run. @param logId as the engine names the log */
export async function outcomeIn(store: Store, folder: string, logId: string): Promise<FaultOutcome> {
  const { items } = await store.alerts.list({}, EVERYTHING);
  const alerts = items
    .map(({ alert, version }) => `${version} ${JSON.stringify(alert)}`)
    // the folder differs, and which name a file had when a line was read is a matter of time
    .map((alert) => alert.replaceAll(folder, '').replace(/live\.csv\.\d+/g, 'live.csv'));
  const saved = await savedState(store);
  const { memory, counts } = rememberedIn(saved, logId);
  const hash = createHash('sha256').update(JSON.stringify({ alerts, counts, memory })).digest('hex');
  return { alerts, counts, memory, hash, messages: await lastMessages(store) };
}

/** Of the only resource. */
async function savedState({ state, resources }: Store): Promise<Uint8Array> {
  const { items } = await resources.list({}, EVERYTHING);
  const claims = await state.claims();
  const rows = (await Promise.all(claims.map(({ shard }) => state.load(shard)))).flat();
  return rows.find(({ resourceKey }) => resourceKey === items[0]!.resource.key)!.state;
}

async function lastMessages({ outbox }: Store): Promise<string[]> {
  const { items } = await outbox.list({}, EVERYTHING);
  const latest = new Map<string, (typeof items)[number]>();
  for (const message of items) {
    const of = `${message.alertName} ${message.channel}`;
    if (message.alertVersion > (latest.get(of)?.alertVersion ?? 0)) {
      latest.set(of, message);
    }
  }
  return [...latest.values()].map(({ id }) => id).sort();
}
