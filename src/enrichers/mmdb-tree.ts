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
  /** Where IPv4 addresses begin: at ::/96 in a tree of IPv6 addresses. */
  ipv4Node: number;
}

/** What the metadata of the file tells of its tree. */
export interface MmdbTreeShape {
  nodeCount: number;
  recordSize: number;
  ipVersion: number;
}

/** The zero bits before an IPv4 address in a tree of IPv6 addresses. */
const IPV4_DEPTH = 96;

export function openMmdbTree(bytes: Uint8Array, { nodeCount, recordSize, ipVersion }: MmdbTreeShape): MmdbTree {
  const tree = { bytes, nodeCount, recordSize, widestLanes: ipVersion === 4 ? 1 : 4, ipv4Node: 0 };
  for (let depth = 0; depth < IPV4_DEPTH && ipVersion !== 4 && tree.ipv4Node < nodeCount; depth++) {
    tree.ipv4Node = branchOf(tree, tree.ipv4Node, 0);
  }
  return tree;
}

/** A number that stands for the record of an address, the same for all addresses that share it; undefined for none. */
export function findRecord(tree: MmdbTree, lanes: IpLanes): number | undefined {
  if (lanes.length > tree.widestLanes) {
    return undefined;
  }
  const bits = lanes.length * 32;
  let node = lanes.length === 1 ? tree.ipv4Node : 0;
  for (let depth = 0; depth < bits && node < tree.nodeCount; depth++) {
    node = branchOf(tree, node, (lanes[depth >>> 5] >>> (31 - (depth & 31))) & 1);
  }
  return node > tree.nodeCount ? node : undefined; // the node count itself stands for "no record"
}

/** Branch 0 or 1 of a node: another node, or beyond the node count a record. */
function branchOf({ bytes, recordSize }: MmdbTree, node: number, side: number): number {
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
