import { crc32 } from 'node:zlib';

/** Parts into which the work of all servers over one store is divided: a fixed number, so that any may take any. */
export const SHARDS = 64;

export function shardOf(resourceKey: string): number {
  return crc32(resourceKey) % SHARDS;
}
