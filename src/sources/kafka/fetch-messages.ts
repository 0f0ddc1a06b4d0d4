import { type Consumer, findErrorBy, IS_CONTROL, type RecordsBatch } from '@platformatic/kafka';

const MAX_WAIT_MS = 500;
const MAX_BYTES = 8 << 20;
const MAX_PARTITION_BYTES = 1 << 20;

/** What was read of one partition. */
export interface FetchedPartition {
  partition: number;
  /** Values, oldest first. Never those before the offset that was asked for. */
  values: Buffer[];
  /** The next offset to ask for. */
  next: bigint;
  /** The first that the broker still has, when what was asked for is gone. */
  restart?: bigint;
}

/** Asks the leaders of some partitions for what stands at these offsets; waits a little where there is nothing. */
export async function fetchMessages(
  consumer: Consumer,
  topic: string,
  offsets: ReadonlyMap<number, bigint>,
): Promise<FetchedPartition[]> {
  const metadata = await consumer.metadata({ topics: [topic] });
  const { id, partitions } = metadata.topics.get(topic)!;
  const byLeader = Map.groupBy(offsets, ([partition]) => partitions[partition]?.leader ?? -1);
  const answers = await Promise.all(
    [...byLeader].map(async ([node, wanted]) => {
      const asked = wanted.map(([partition, fetchOffset]) => ({
        partition,
        fetchOffset,
        partitionMaxBytes: MAX_PARTITION_BYTES,
        currentLeaderEpoch: -1,
        lastFetchedEpoch: -1,
      }));
      return fetchOf(consumer, node, [{ topicId: id, partitions: asked }]);
    }),
  );
  return answers.flat().flatMap((answer) => {
    const from = offsets.get(answer.partitionIndex);
    return from === undefined ? [] : [fetchedOf(answer, from)];
  });
}

type Topics = Parameters<Consumer['fetch']>[0]['topics'];
type Answer = Awaited<ReturnType<Consumer['fetch']>>['responses'][number]['partitions'][number];

async function fetchOf(consumer: Consumer, node: number, topics: Topics): Promise<Answer[]> {
  try {
    const limits = { maxWaitTime: MAX_WAIT_MS, minBytes: 1, maxBytes: MAX_BYTES };
    const { responses } = await consumer.fetch({ node, topics, ...limits });
    return responses.flatMap(({ partitions }) => partitions);
  } catch (error) {
    const gone = findErrorBy(error as Error, 'apiId', 'OFFSET_OUT_OF_RANGE');
    const response = (error as { response?: Awaited<ReturnType<Consumer['fetch']>> }).response;
    if (gone === null || response === undefined) {
      throw error;
    }
    return response.responses.flatMap(({ partitions }) => partitions);
  }
}

function fetchedOf(
  { partitionIndex, errorCode, logStartOffset, highWatermark, records }: Answer,
  from: bigint,
): FetchedPartition {
  const fetched: FetchedPartition = { partition: partitionIndex, values: [], next: from };
  if (errorCode !== 0) {
    const restart = from < logStartOffset ? logStartOffset : highWatermark;
    return { ...fetched, restart };
  }
  for (const batch of records ?? []) {
    addBatch(fetched, batch, from);
  }
  return fetched;
}

/** A batch may begin before the offset that was asked for, and end with offsets that compaction emptied. */
function addBatch(fetched: FetchedPartition, batch: RecordsBatch, from: bigint): void {
  const isData = (batch.attributes & IS_CONTROL) === 0;
  for (const { offsetDelta, value } of isData ? batch.records : []) {
    if (batch.firstOffset + BigInt(offsetDelta) >= from && value !== null) {
      fetched.values.push(value);
    }
  }
  const end = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n;
  fetched.next = end > fetched.next ? end : fetched.next;
}
