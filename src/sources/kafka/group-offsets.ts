import { Connection, type ConnectionOptions, findErrorBy, offsetCommitV8, offsetFetchV8 } from '@platformatic/kafka';
import { type GroupOffset, type Ownership, ownersText, parseOwners } from './ownership.ts';

/** Said when the broker has certainly not committed: somebody else may have the partitions by now. */
const REFUSED = [
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'REBALANCE_IN_PROGRESS',
  'FENCED_INSTANCE_ID',
  'NOT_COORDINATOR',
  'COORDINATOR_NOT_AVAILABLE',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'OFFSET_METADATA_TOO_LARGE',
  'GROUP_AUTHORIZATION_FAILED',
  'TOPIC_AUTHORIZATION_FAILED',
];

/** A member of a group, in the generation in which it got its partitions. */
export interface Membership {
  group: string;
  memberId: string;
  generation: number;
}

export interface Commit {
  partition: number;
  offset: bigint;
  owners: readonly Ownership[];
}

/**
 * The offsets of a group with the metadata beside them. The client's own `commit` writes no metadata, and joins the
 * group anew when it was refused: then it would commit what another member has read on from.
 */
export interface GroupOffsets {
  /** Of partitions that the group knows nothing of there is no entry. */
  fetch(group: string, partitions: readonly number[]): Promise<Map<number, GroupOffset>>;
  /** False when the broker refused, so that nothing changed; rejects when nobody knows. */
  commit(membership: Membership, commits: readonly Commit[]): Promise<boolean>;
  close(): Promise<void>;
}

export async function openGroupOffsets(
  topic: string,
  coordinator: { host: string; port: number },
  clientId: string,
  options: ConnectionOptions,
): Promise<GroupOffsets> {
  const connection = new Connection(clientId, options);
  connection.on('error', () => {}); // requests under way reject
  await connection.connect(coordinator.host, coordinator.port);

  return {
    async fetch(group, partitions) {
      const topics = [{ name: topic, partitionIndexes: [...partitions] }];
      const { groups } = await offsetFetchV8.api.async(connection, [{ groupId: group, memberEpoch: -1, topics }], true);
      const found = groups.flatMap((answer) => answer.topics.flatMap((item) => item.partitions));
      return new Map(
        found
          .filter(({ committedOffset }) => committedOffset >= 0n)
          .map(({ partitionIndex, committedOffset, metadata }) => [
            partitionIndex,
            { offset: committedOffset, owners: parseOwners(metadata) },
          ]),
      );
    },
    async commit({ group, memberId, generation }, commits) {
      const partitions = commits.map(({ partition, offset, owners }) => ({
        partitionIndex: partition,
        committedOffset: offset,
        committedLeaderEpoch: -1,
        committedMetadata: ownersText(owners),
      }));
      try {
        await offsetCommitV8.api.async(connection, group, generation, memberId, null, [{ name: topic, partitions }]);
        return true;
      } catch (error) {
        if (REFUSED.some((id) => findErrorBy(error as Error, 'apiId', id) !== null)) {
          return false;
        }
        throw error;
      }
    },
    close: () => connection.close(),
  };
}
