import { fingerprintText } from './fingerprint-text.ts';

/** An activity as it is shown; members without a value are absent. */
export interface FoundActivity {
  /** Names it within the archive. */
  uid: string;
  /** ISO 8601, UTC. */
  time: string;
  /** Key of the resource. */
  resource: string;
  activity: string;
  outcome: string;
  code?: string;
  reason?: string;
  principal?: string;
  application?: string;
  address?: string;
  country?: string;
  city?: string;
  asn?: number;
  asName?: string;
  place?: string;
  network?: string;
  cloud?: string;
  database?: string;
  operation?: string;
  container?: string;
  bytes?: number;
  session?: string;
  /** Of the statement. */
  fingerprint?: string;
  /** As it was first met, literals masked. */
  statement?: string;
  reads?: string[];
  writes?: string[];
  protection?: string;
  isLate?: true;
  log?: string;
  offset?: number;
  /** One of the records that an alert shows. */
  isEvidence?: true;
}

/** A statement of the dictionary. */
export interface StatementText {
  text: string;
  reads: string[];
  writes: string[];
}

/** Members that are told as the columns have them. */
const MEMBERS = {
  resource: 'resource_uid',
  activity: 'activity_name',
  outcome: 'status',
  code: 'status_code',
  reason: 'status_detail',
  principal: 'user_name',
  application: 'app_name',
  address: 'src_ip',
  country: 'src_country',
  city: 'src_city',
  asn: 'src_asn',
  asName: 'src_as_name',
  place: 'src_place',
  network: 'src_network',
  cloud: 'src_cloud',
  database: 'database_name',
  operation: 'operation',
  container: 'container_name',
  bytes: 'bytes_out',
  session: 'session_uid',
  protection: 'protection',
  log: 'log_name',
  offset: 'log_offset',
} as const;
const NUMBERS: ReadonlySet<string> = new Set(['asn', 'bytes', 'offset']);

export const SHOWN_COLUMNS = ['uid', ...Object.values(MEMBERS), 'fingerprint', 'is_late'].join(', ');

/** @param row of `SHOWN_COLUMNS`, and `at`: epoch milliseconds */
export function foundOf(row: Record<string, unknown>, texts: ReadonlyMap<bigint, StatementText>): FoundActivity {
  const told = Object.entries(MEMBERS).flatMap(([member, column]): [string, unknown][] => {
    const value = row[column];
    return value === null || value === undefined ? [] : [[member, NUMBERS.has(member) ? Number(value) : value]];
  });
  const fingerprint = row.fingerprint as bigint | null;
  const statement = fingerprint === null ? undefined : texts.get(fingerprint);
  return {
    uid: String(row.uid as bigint),
    time: new Date(row.at as number).toISOString(),
    ...(Object.fromEntries(told) as unknown as Pick<FoundActivity, 'resource' | 'activity' | 'outcome'>),
    ...(fingerprint !== null && { fingerprint: fingerprintText(fingerprint) }),
    ...(statement !== undefined && { statement: statement.text, reads: statement.reads, writes: statement.writes }),
    ...(row.is_late === true && { isLate: true as const }),
  };
}
