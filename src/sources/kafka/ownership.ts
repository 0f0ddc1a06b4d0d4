/**
 * Who took over a partition, and where: the metadata beside the group's offset, kept by the broker. It tells a journal
 * that was away whether what it had prepared was committed before somebody else took over.
 */
export interface Ownership {
  /** Short name of a journal. */
  owner: string;
  /** The group's offset when it took over. */
  start: bigint;
}

/** What the group has committed of a partition. */
export interface GroupOffset {
  /** The next message to read. */
  offset: bigint;
  /** Newest last; empty where nobody of ours has committed, or the broker keeps no metadata. */
  owners: readonly Ownership[];
}

const FORM = /^vedette1(?: [\w-]{1,40}@\d{1,19})*$/;
/** Brokers keep up to 4096 bytes; an entry has up to 50. */
const MAX_OWNERS = 64;

export function parseOwners(metadata: string | null | undefined): Ownership[] {
  if (metadata === null || metadata === undefined || !FORM.test(metadata)) {
    return [];
  }
  return metadata
    .split(' ')
    .slice(1)
    .map((entry) => {
      const at = entry.indexOf('@');
      return { owner: entry.slice(0, at), start: BigInt(entry.slice(at + 1)) };
    });
}

export function ownersText(owners: readonly Ownership[]): string {
  return ['vedette1', ...owners.slice(-MAX_OWNERS).map(({ owner, start }) => `${owner}@${start}`)].join(' ');
}

/** The owners once this one reads on from the group's offset. */
export function takenOver(group: GroupOffset, owner: string): readonly Ownership[] {
  return group.owners.at(-1)?.owner === owner ? group.owners : [...group.owners, { owner, start: group.offset }];
}

/**
 * Whether the group's offset came to `end` while `owner` had the partition.
 *
 * Whoever took over afterwards started at what was committed then. A broker that keeps no metadata leaves only the
 * offset to go by: then another member's commit can be taken for ours.
 */
export function wasCommitted(group: GroupOffset, owner: string, end: bigint): boolean {
  const own = group.owners.findLastIndex((entry) => entry.owner === owner);
  if (own < 0) {
    return group.owners.length === 0 && group.offset >= end;
  }
  return (group.owners[own + 1]?.start ?? group.offset) >= end;
}
