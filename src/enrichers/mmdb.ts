import { Reader, type Response } from 'maxmind';
import type { IpAddress } from '../lib/ip.ts';
import { UserError } from '../lib/user-error.ts';
import type { DataFile } from './data-file.ts';
import { shareBytes } from './shared-memory.ts';

/** A MaxMind DB file: https://maxmind.github.io/MaxMind-DB/. It starts each metadata section with this. */
const METADATA_MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');

/** The metadata section is within the last 128 KiB. */
const METADATA_REACH = 128 * 1024;

/** Bytes between search tree and data section. */
const SEPARATOR_BYTES = 16;

/** Decoded parts kept; a city database has millions. */
const CACHED_PARTS = 65_536;

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
  const reader = new Reader<Response>(Buffer.from(buffer, byteOffset, byteLength), { cache: boundedCache() });
  const widestLanes = reader.metadata.ipVersion === 4 ? 1 : 4;
  const readings = new WeakMap<object, { value: T }>();
  return (address) => {
    const record = address.lanes.length > widestLanes ? null : lookUp(reader, address);
    if (record === null) {
      return undefined;
    }
    let reading = readings.get(record);
    if (reading === undefined) {
      reading = { value: read(record) };
      readings.set(record, reading);
    }
    return reading.value;
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
function lookUp(reader: Reader<Response>, address: IpAddress): object | null {
  try {
    const record: unknown = reader.get(address.text);
    return typeof record === 'object' ? record : null;
  } catch {
    return null;
  }
}

/** Forgets everything when it is full: simple, and the common parts are soon back. */
function boundedCache() {
  const parts = new Map<string | number, unknown>();
  return {
    get: (key: string | number) => parts.get(key),
    set: (key: string | number, part: unknown) => {
      if (parts.size >= CACHED_PARTS) {
        parts.clear();
      }
      parts.set(key, part);
    },
  };
}
