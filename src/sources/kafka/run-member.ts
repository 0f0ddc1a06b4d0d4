import { setTimeout as sleep } from 'node:timers/promises';
import { type Consumer, ListOffsetTimestamps } from '@platformatic/kafka';
import type { PositionPatch } from '../../journal/commit-log.ts';
import type { Journal } from '../../journal/journal.ts';
import { JournalError } from '../../journal/journal-error.ts';
import { connectionOptions } from '../../lib/kafka/connection-options.ts';
import type { Tally } from '../tally.ts';
import { kindOfFormat, looksLikeJson, wholeRecords } from '../whole-records.ts';
import { type FetchedPartition, fetchMessages } from './fetch-messages.ts';
import { type GroupOffsets, type Membership, openGroupOffsets } from './group-offsets.ts';
import { type GroupOffset, type Ownership, takenOver, wasCommitted } from './ownership.ts';
import type { KafkaIntakeOptions } from './start-kafka.ts';

/** Without partitions, and while the journal is full. */
const IDLE_MS = 250;
/** More than one round can bring. */
const ROOM_BYTES = 16 << 20;

interface MemberOptions extends KafkaIntakeOptions {
  consumer: Consumer;
  tally: Tally;
  signal: AbortSignal;
  /** Called when something worked. */
  onProgress: () => void;
}

/** A partition that we read. */
interface Held {
  next: bigint;
  owners: readonly Ownership[];
}

/**
 * Joins the group and reads until the signal, or throws. Each round is a two-phase commit whose decision is the group's
 * offset: what was read lies fsynced in the journal, unseen; the offset is committed; then it is shown. So whatever
 * dies in between, each message is in the journal of exactly one member. See docs/decisions/0009-group-offset-decides.md.
 */
export async function runMember(options: MemberOptions): Promise<void> {
  const { settings, consumer, tally, signal, onProgress } = options;
  const { topic, group } = settings;
  consumer.topics.track(topic);
  const { brokers } = await consumer.metadata({ topics: [topic] });
  const coordinator = brokers.get(await consumer.findGroupCoordinator());
  if (coordinator === undefined) {
    throw new Error('the coordinator of the group is not among the brokers');
  }
  const offsets = await openGroupOffsets(topic, coordinator, 'vedette', connectionOptions(settings));
  try {
    await consumer.joinGroup();
    await settle(options, offsets); // joining has ended the generation in which an earlier commit might still arrive
    let generation = -1;
    let held = new Map<number, Held>();
    while (!signal.aborted) {
      if (consumer.generationId !== generation) {
        generation = consumer.generationId;
        held = await takeOver(options, offsets);
      }
      if (held.size === 0) {
        tally.isRunning();
        await pause(signal);
        continue;
      }
      const fetched = await fetchMessages(consumer, topic, new Map([...held].map(([p, { next }]) => [p, next])));
      tally.isRunning();
      onProgress();
      const membership = { group, memberId: consumer.memberId ?? '', generation };
      if (!(await keepRound(options, offsets, membership, held, fetched))) {
        generation = -1; // others may have read on: the group tells where
        await pause(signal);
      }
    }
  } finally {
    await offsets.close().catch(() => {});
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(IDLE_MS, undefined, { signal }).catch(() => {});
}

function ownerOf(journal: Journal): string {
  return journal.options.journal.slice(0, 13);
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

/** Asks the group about what a crash, or a broken connection, left undecided. */
async function settle({ settings, journal }: MemberOptions, offsets: GroupOffsets): Promise<void> {
  const { undecided } = journal;
  if (undecided === undefined) {
    return;
  }
  const [[key, end]] = Object.entries(undecided) as [[string, string]];
  const partition = Number(key.slice(key.lastIndexOf('/') + 1));
  const found = (await offsets.fetch(settings.group, [partition])).get(partition);
  await journal.settle(found !== undefined && wasCommitted(found, ownerOf(journal), BigInt(end)));
}

/** Where to go on in the partitions that are ours in this generation. */
async function takeOver(
  { settings, consumer, journal }: MemberOptions,
  offsets: GroupOffsets,
): Promise<Map<number, Held>> {
  const { topic, group, from = 'earliest' } = settings;
  const partitions = consumer.assignments?.find((assignment) => assignment.topic === topic)?.partitions ?? [];
  if (partitions.length === 0) {
    return new Map();
  }
  const known = await offsets.fetch(group, partitions);
  const timestamp = from === 'latest' ? ListOffsetTimestamps.LATEST : ListOffsetTimestamps.EARLIEST;
  const isNew = partitions.some((partition) => !known.has(partition));
  const edges = isNew ? (await consumer.listOffsets({ topics: [topic], timestamp })).get(topic) : undefined;
  return new Map(
    partitions.map((partition) => {
      const own = journal.positions.get(keyOf(topic, partition));
      const start = own === undefined ? (edges?.[partition] ?? 0n) : BigInt(own);
      const found: GroupOffset = known.get(partition) ?? { offset: start, owners: [] };
      return [partition, { next: found.offset, owners: takenOver(found, ownerOf(journal)) }];
    }),
  );
}

/** Puts what was read into the journal; false when the group has refused it. */
async function keepRound(
  { settings, journal, format, tally, signal }: MemberOptions,
  offsets: GroupOffsets,
  membership: Membership,
  held: Map<number, Held>,
  fetched: readonly FetchedPartition[],
): Promise<boolean> {
  const moved = fetched.filter(({ partition, next, restart }) => (restart ?? next) !== held.get(partition)!.next);
  if (moved.length === 0) {
    return true;
  }
  const lines = moved.flatMap(({ values }) => values).flatMap((value) => linesOf(value, format, tally));
  const bytes = Buffer.concat(lines.map((line) => line.bytes));
  const commits = moved.map(({ partition, next, restart }) => ({
    partition,
    offset: restart ?? next,
    owners: held.get(partition)!.owners,
  }));
  const patch: PositionPatch = Object.fromEntries(
    commits.map(({ partition, offset }) => [keyOf(settings.topic, partition), String(offset)]),
  );
  if (!(await hasRoom(journal, signal))) {
    return true;
  }
  try {
    await journal.append(bytes, patch, () => offsets.commit(membership, commits));
  } catch (error) {
    if (error instanceof JournalError && error.code === 'undecided' && journal.undecided === undefined) {
      return false;
    }
    throw error;
  }
  tellGaps(settings.topic, moved, held, tally);
  for (const { partition, offset } of commits) {
    held.get(partition)!.next = offset;
  }
  tally.took(
    lines.reduce((sum, { count }) => sum + count, 0),
    bytes.length,
  );
  return true;
}

/** False when it ends before. Meanwhile the client keeps our place in the group. */
async function hasRoom(journal: Journal, signal: AbortSignal): Promise<boolean> {
  const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([journal.whenRoom(ROOM_BYTES), aborted]);
  return !signal.aborted;
}

function linesOf(value: Buffer, format: string, tally: Tally): { bytes: Uint8Array; count: number }[] {
  const example = value.subarray(0, 200);
  const records = wholeRecords(value, kindOfFormat(format) ?? (looksLikeJson(value) ? 'json' : 'text'));
  if ('problem' in records) {
    tally.refuse(`a message that ${records.problem}`, example);
    return [];
  }
  return [records];
}

/** The broker deleted what was not read yet. */
function tellGaps(topic: string, moved: readonly FetchedPartition[], held: Map<number, Held>, tally: Tally): void {
  for (const { partition, restart } of moved) {
    const lost = restart === undefined ? 0n : restart - held.get(partition)!.next;
    if (restart !== undefined) {
      const what = `partition ${partition} of ${topic}: the broker has deleted messages that were not read yet`;
      tally.lost({ what, ...(lost > 0n && { records: Number(lost) }) });
    }
  }
}
