import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseCidr, parseIp } from '../lib/ip.ts';
import type { AddressFacts } from '../model/address-facts.ts';
import type { Enricher, EnrichmentSettings } from './enricher.ts';

/** What a test does not set. */
const NOTHING: EnrichmentSettings = { networks: [], geo: [], asn: [], cloudRanges: [] };

/** What one enricher says about an address, its tables having been posted to another thread. */
export async function describeWith(
  enricher: Enricher,
  settings: Partial<EnrichmentSettings>,
): Promise<(text: string, facts?: Partial<AddressFacts>) => AddressFacts> {
  const { tables } = await enricher.load({ ...NOTHING, ...settings });
  const describe = enricher.open(structuredClone(tables));
  return (text, known = {}) => {
    const address = parseIp(text)!;
    const facts: AddressFacts = { address: address.text, ...known };
    describe(address, facts);
    return facts;
  };
}

/** Writes a file that goes with the test; returns its path. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Path of a file in the shared test data; undefined, with a printed line, where it is absent. */
export function sharedDataFile(name: string): string | undefined {
  const path = resolve(process.env.VEDETTE_SHARED ?? '../shared', 'data', name);
  if (existsSync(path)) {
    return path;
  }
  console.log(`skipped: ${name} is not in the shared test data (set VEDETTE_SHARED to its folder)`);
  return undefined;
}

const SEPARATOR_BYTES = 16;

type MmdbValue = string | number | { [key: string]: MmdbValue };
type TreeNode = { branches: [TreeNode | MmdbValue | undefined, TreeNode | MmdbValue | undefined] };

/**
 * Makes an MMDB file (https://maxmind.github.io/MaxMind-DB/) of records by CIDR block, in 32-bit nodes.
 * With `ipVersion` 6, IPv4 blocks are put at ::/96, where readers look for them.
 */
export function encodeMmdb(records: Record<string, MmdbValue>, ipVersion: 4 | 6 = 6, type = 'Test-City'): Buffer {
  const root: TreeNode = { branches: [undefined, undefined] };
  for (const [cidr, record] of Object.entries(records)) {
    const { lanes, bits } = parseCidr(cidr)!;
    const isPadded = ipVersion === 6 && lanes.length === 1;
    insert(root, isPadded ? [0, 0, 0, ...lanes] : lanes, isPadded ? bits + 96 : bits, record);
  }
  const { tree, data, nodeCount } = encodeTree(root);
  const metadata = encodeValue({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_760_000_000,
    database_type: type,
    ip_version: ipVersion,
    node_count: nodeCount,
    record_size: 32,
  });
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
  return Buffer.concat([tree, Buffer.alloc(SEPARATOR_BYTES), data, marker, metadata]);
}

/** A branch holds the number of a node, or node count + separator + offset in the data section; node count: nothing known. */
function encodeTree(root: TreeNode): { tree: Buffer; data: Buffer; nodeCount: number } {
  const nodes = nodesOf(root);
  const tree = Buffer.alloc(nodes.length * 8);
  let data = Buffer.alloc(0);
  const targetOf = (branch: TreeNode | MmdbValue | undefined): number => {
    if (branch === undefined) {
      return nodes.length;
    }
    if (isNode(branch)) {
      return nodes.indexOf(branch);
    }
    const target = nodes.length + SEPARATOR_BYTES + data.length;
    data = Buffer.concat([data, encodeValue(branch)]);
    return target;
  };
  for (const [i, branch] of nodes.flatMap(({ branches }) => branches).entries()) {
    tree.writeUInt32BE(targetOf(branch), i * 4);
  }
  return { tree, data, nodeCount: nodes.length };
}

function isNode(branch: TreeNode | MmdbValue | undefined): branch is TreeNode {
  return typeof branch === 'object' && Array.isArray(branch.branches);
}

function insert(root: TreeNode, lanes: readonly number[], bits: number, record: MmdbValue): void {
  let node = root;
  for (let depth = 0; depth < bits; depth++) {
    const side = (lanes[depth >>> 5] >>> (31 - (depth & 31))) & 1;
    if (depth === bits - 1) {
      node.branches[side] = record;
      return;
    }
    const next = node.branches[side];
    const child: TreeNode = isNode(next) ? next : { branches: [next, next] };
    node.branches[side] = child;
    node = child;
  }
}

function nodesOf(node: TreeNode): TreeNode[] {
  return [node, ...node.branches.filter(isNode).flatMap(nodesOf)];
}

/** Types by number: 2 text, 3 double, 6 uint32, 7 map. Sizes below 29 are in the control byte, others in one more byte. */
function encodeValue(value: MmdbValue): Buffer {
  if (typeof value === 'string') {
    return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  }
  if (typeof value === 'number' && Number.isInteger(value)) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return Buffer.concat([control(3, 8), bytes]);
  }
  const members = Object.entries(value);
  return Buffer.concat([
    control(7, members.length),
    ...members.flatMap(([key, member]) => [encodeValue(key), encodeValue(member)]),
  ]);
}

function control(type: number, size: number): Buffer {
  return size < 29 ? Buffer.from([(type << 5) | size]) : Buffer.from([(type << 5) | 29, size - 29]);
}
