import type { IpLanes } from '../lib/ip.ts';

/**
 * The search tree of a MaxMind DB file: https://maxmind.github.io/MaxMind-DB/#binary-search-tree-section.
 * The library finds records by text only, and spends half its time on reading the text; we have read it already.
 */
export interface MmdbTree {
  /** The file; the tree is at its beginning. */
  bytes: Uint8Array;
  nodeCount: number;
  /** Bits of one of the two branches of a node: 24, 28 or 32. */
  recordSize: number;
  /** Lanes of the widest address that can be looked up. */
  widestLanes: number;
  /** Where the walk for an IPv4 address stands after its first `SKIPPED_BITS`, by these bits. */
  ipv4Nodes: Float64Array;
}

/** What the metadata of the file tells of its tree. */
export interface MmdbTreeShape {
  nodeCount: number;
  recordSize: number;
  ipVersion: number;
}

/** The zero bits before an IPv4 address in a tree of IPv6 addresses. */
const IPV4_DEPTH = 96;
/** Bits whose walk is done once for all addresses: half of the steps, and most of what misses the cache. */
const SKIPPED_BITS = 16;

export function openMmdbTree(bytes: Uint8Array, { nodeCount, recordSize, ipVersion }: MmdbTreeShape): MmdbTree {
  const tree = { bytes, nodeCount, recordSize, widestLanes: ipVersion === 4 ? 1 : 4 };
  let ipv4Node = 0; // ::/96 in a tree of IPv6 addresses
  for (let depth = 0; depth < IPV4_DEPTH && ipVersion !== 4 && ipv4Node < nodeCount; depth++) {
    ipv4Node = branchOf(tree, ipv4Node, 0);
  }
  return { ...tree, ipv4Nodes: nodesBelow(tree, ipv4Node, SKIPPED_BITS) };
}

/** The nodes, or records, to which the next `bits` lead from a node. */
function nodesBelow(tree: Branching, node: number, bits: number): Float64Array {
  let nodes = Float64Array.of(node);
  for (let depth = 0; depth < bits; depth++) {
    const above = nodes;
    nodes = new Float64Array(2 * above.length).map((_, i) => {
      const from = above[i >>> 1];
      return from < tree.nodeCount ? branchOf(tree, from, i & 1) : from;
    });
  }
  return nodes;
}

type Branching = Pick<MmdbTree, 'bytes' | 'nodeCount' | 'recordSize'>;

/** A number that stands for the record of an address, the same for all addresses that share it; undefined for none. */
export function findRecord(tree: MmdbTree, lanes: IpLanes): number | undefined {
  if (lanes.length > tree.widestLanes) {
    return undefined;
  }
  const bits = lanes.length * 32;
  const isIpv4 = lanes.length === 1;
  let node = isIpv4 ? tree.ipv4Nodes[lanes[0] >>> (32 - SKIPPED_BITS)] : 0;
  for (let depth = isIpv4 ? SKIPPED_BITS : 0; depth < bits && node < tree.nodeCount; depth++) {
    node = branchOf(tree, node, (lanes[depth >>> 5] >>> (31 - (depth & 31))) & 1);
  }
  return node > tree.nodeCount ? node : undefined; // the node count itself stands for "no record"
}

/** Branch 0 or 1 of a node: another node, or beyond the node count a record. */
function branchOf({ bytes, recordSize }: Branching, node: number, side: number): number {
  const at = (node * recordSize) / 4;
  if (recordSize === 24) {
    return threeBytes(bytes, at + 3 * side);
  }
  if (recordSize === 32) {
    return bytes[at + 4 * side] * 2 ** 24 + threeBytes(bytes, at + 4 * side + 1);
  }
  const highBits = side === 0 ? bytes[at + 3] >>> 4 : bytes[at + 3] & 15; // 28 bits: both share the middle byte
  return (highBits << 24) | threeBytes(bytes, at + 4 * side);
}

function threeBytes(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
}
