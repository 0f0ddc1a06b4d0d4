import { Reader, type Response } from 'maxmind';
import type { IpAddress } from '../lib/ip.ts';
import { UserError } from '../lib/user-error.ts';
import type { DataFile } from './data-file.ts';
import { type GroupOf, LARGEST_GROUP } from './enricher.ts';
import { findRecord, openMmdbTree } from './mmdb-tree.ts';
import { shareBytes } from './shared-memory.ts';

/** A MaxMind DB file: https://maxmind.github.io/MaxMind-DB/. It starts each metadata section with this. */
const METADATA_MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');

/** The metadata section is within the last 128 KiB. */
const METADATA_REACH = 128 * 1024;

/** Bytes between search tree and data section. */
const SEPARATOR_BYTES = 16;

/** Read records kept; a city database has millions. */
const CACHED_READINGS = 65_536;

/** What the makers of well-known databases ask to be shown, by the beginning of the type that a database tells. */
const ATTRIBUTIONS = [
  { type: 'DBIP-', line: 'IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0' },
  { type: 'GeoLite2-', line: 'Includes GeoLite Data created by MaxMind, available from https://www.maxmind.com' },
];

export interface Mmdb {
  /** The file, in shared memory. */
  bytes: Uint8Array;
  /** What the database says it is: `GeoLite2-City`. */
  type: string;
}

export function isMmdb(bytes: Buffer): boolean {
  return bytes.subarray(-METADATA_REACH).includes(METADATA_MARKER);
}

/** Checks that a file is an MMDB and whole, and shares its bytes. Throws `UserError`. */
export function loadMmdb(file: DataFile): Mmdb {
  if (!isMmdb(file.bytes)) {
    throw new UserError(
      `${file.label} is not a MaxMind DB (MMDB) file; give one, such as DB-IP City Lite or GeoLite2 City`,
    );
  }
  const metadata = metadataOf(file.bytes);
  if (metadata === undefined || !(metadata.searchTreeSize + SEPARATOR_BYTES < file.bytes.length)) {
    throw new UserError(`${file.label} is a damaged MaxMind DB file; fetch it again`);
  }
  return { bytes: shareBytes(file.bytes), type: String(metadata.databaseType) };
}

export function mmdbAttributions(databases: readonly Mmdb[]): string[] {
  return databases.flatMap(({ type }) =>
    ATTRIBUTIONS.filter((known) => type.startsWith(known.type)).map(({ line }) => line),
  );
}

/**
 * Opens a loaded database. `read` makes of a record what is wanted, once for all addresses that share the record.
 * Addresses without a record, or with a damaged one, are undefined.
 */
export function openMmdb<T>(database: Mmdb, read: (record: unknown) => T): (address: IpAddress) => T | undefined {
  const { buffer, byteOffset, byteLength } = database.bytes;
  const reader = new Reader<Response>(Buffer.from(buffer, byteOffset, byteLength));
  const tree = openMmdbTree(database.bytes, reader.metadata);
  const readings = new Map<number, T | undefined>();
  return (address) => {
    const record = findRecord(tree, address.lanes);
    if (record === undefined) {
      return undefined;
    }
    let reading = readings.get(record);
    if (reading === undefined && !readings.has(record)) {
      if (readings.size >= CACHED_READINGS) {
        readings.clear(); // simple, and the common ones are soon back
      }
      reading = readRecord(reader, address, read);
      readings.set(record, reading);
    }
    return reading;
  };
}

/** Opens a loaded database to tell which addresses share a record. */
export function openMmdbGroups({ bytes }: Mmdb): GroupOf {
  const { buffer, byteOffset, byteLength } = bytes;
  const { metadata } = new Reader<Response>(Buffer.from(buffer, byteOffset, byteLength));
  const tree = openMmdbTree(bytes, metadata);
  return (lanes) => {
    const record = findRecord(tree, lanes);
    const group = record === undefined ? 0 : record - metadata.nodeCount;
    return group < LARGEST_GROUP ? group : -1;
  };
}

function metadataOf(bytes: Buffer): Reader<Response>['metadata'] | undefined {
  try {
    return new Reader<Response>(bytes).metadata;
  } catch {
    return undefined;
  }
}

/** The library throws on a record that is damaged; one such record must not end the run. */
function readRecord<T>(reader: Reader<Response>, address: IpAddress, read: (record: unknown) => T): T | undefined {
  try {
    return read(reader.get(address.text));
  } catch {
    return undefined;
  }
}
