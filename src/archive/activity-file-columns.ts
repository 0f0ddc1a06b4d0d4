import type { ParquetColumn } from '../lib/parquet/column.ts';
import { ActivityClass, type ActivityClassName } from '../model/activity.ts';
import { OCSF_OF } from './activity-table.ts';
import type { ArchivedAddress } from './block.ts';
import { ipKey } from './ip-key.ts';
import { FAILED_KIND, type SpooledRows } from './spooled-rows.ts';

/** By the number that records have: why a sign-in failed. */
const FAILURES = [undefined, 'wrongCredential', 'unknownPrincipal', 'notAllowed'];
/** By bit. */
const PROTECTIONS = ['unencrypted', 'encrypted', 'trust', 'password', 'md5'];
const US_PER_MS = 1000;

/** The columns of a file of activities, as `ACTIVITY_COLUMNS` describes them. */
export function activityFileColumns(rows: SpooledRows): ParquetColumn[] {
  const { codes, texts, addresses } = rows;
  const textCode = (text: string | undefined) => (text === undefined ? 0 : rows.textCode(text));
  const text = (name: string, its: keyof SpooledRows['codes'], through?: Int32Array): ParquetColumn => ({
    type: 'text',
    name,
    values: texts.values,
    codes: codes[its],
    ...(through !== undefined && { through }),
  });
  const ofAddress = (name: string, told: (address: ArchivedAddress) => string | undefined) =>
    text(name, 'address', Int32Array.of(0, ...addresses.values.map((it) => textCode(told(it)))));
  const ofKind = (told: (kind: Kind) => string) => kindCodes((kind) => textCode(told(kind)));
  const protections = Array.from({ length: 2 ** PROTECTIONS.length }, (_, bits) => protectionText(bits));
  return [
    { type: 'time', name: 'time', numbers: rows.time.map((time) => time * US_PER_MS) },
    { type: 'number', name: 'uid', numbers: rows.place, high: rows.shard },
    text('resource_uid', 'resource'),
    classUid(codes.kind),
    text(
      'activity_name',
      'kind',
      ofKind(({ name }) => name),
    ),
    text(
      'status',
      'kind',
      ofKind(({ status }) => status),
    ),
    text('status_code', 'state'),
    text('status_detail', 'failure', Int32Array.from(FAILURES, textCode)),
    text('user_name', 'principal'),
    text('app_name', 'application'),
    ofAddress('src_ip', (it) => it.text),
    ofAddress('src_ip_key', (it) => ipKey(it.text)),
    ofAddress('src_country', (it) => it.country),
    ofAddress('src_city', (it) => it.city),
    autonomousSystem(codes.address, addresses.values),
    ofAddress('src_as_name', (it) => it.organization),
    ofAddress('src_place', (it) => it.place),
    ofAddress('src_network', (it) => it.network),
    ofAddress('src_cloud', (it) => it.cloud),
    text('database_name', 'database'),
    text('operation', 'operation'),
    text('container_name', 'container'),
    { type: 'number', name: 'bytes_out', numbers: rows.bytes },
    { type: 'text', name: 'session_uid', values: rows.sessions.values, codes: codes.session },
    { type: 'int64', name: 'fingerprint', values: rows.fingerprints.values, codes: codes.fingerprint },
    text('protection', 'protection', Int32Array.from(protections, textCode)),
    { type: 'flag', name: 'is_late', flags: rows.isLate },
    text('log_name', 'source'),
    { type: 'number', name: 'log_offset', numbers: rows.logOffset },
  ];
}

interface Kind {
  name: ActivityClassName;
  uid: number;
  status: string;
}

/** What each kind of activities stands for. */
function kindCodes(codeOf: (kind: Kind) => number): Int32Array {
  const codes = new Int32Array(2 * FAILED_KIND);
  for (const [name, { uid, status }] of Object.entries(OCSF_OF) as [
    ActivityClassName,
    (typeof OCSF_OF)['statement'],
  ][]) {
    const bit = 31 - Math.clz32(ActivityClass[name]);
    codes[bit] = codeOf({ name, uid, status });
    codes[FAILED_KIND + bit] = codeOf({ name, uid, status: status === 'Success' ? 'Failure' : status });
  }
  return codes;
}

function classUid(codes: Int32Array): ParquetColumn {
  const values: number[] = [];
  const through = kindCodes(({ uid }) => (values.includes(uid) ? values.indexOf(uid) + 1 : values.push(uid)));
  return { type: 'int32', name: 'class_uid', values, codes, through };
}

function autonomousSystem(codes: Int32Array, addresses: readonly ArchivedAddress[]): ParquetColumn {
  const numbers = [...new Set(addresses.flatMap(({ asn }) => asn ?? []))];
  const codeOf = new Map(numbers.map((asn, i) => [asn, i + 1]));
  const through = Int32Array.of(0, ...addresses.map(({ asn }) => (asn === undefined ? 0 : codeOf.get(asn)!)));
  return { type: 'int64', name: 'src_asn', values: numbers.map(BigInt), codes, through };
}

function protectionText(bits: number): string | undefined {
  const told = PROTECTIONS.filter((_, bit) => (bits & (1 << bit)) !== 0);
  return told.length === 0 ? undefined : told.join(' ');
}
