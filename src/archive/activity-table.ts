import { ActivityClass, type ActivityClassName } from '../model/activity.ts';

/** A column of the archive's files and of the view `activities`. */
export interface ActivityColumn {
  name: string;
  type: string;
  /** The attribute of OCSF 1.8 that it is; absent: none has its meaning. */
  ocsf?: string;
  description: string;
}

/** How OCSF sees each class of ours. `byStatus`: failed where the HTTP status says so. */
export const OCSF_OF: Readonly<Record<ActivityClassName, { uid: number; status: 'Success' | 'Failure' | 'Unknown' }>> =
  {
    connection: { uid: 4001, status: 'Success' },
    authentication: { uid: 3002, status: 'Success' },
    authenticationFailure: { uid: 3002, status: 'Failure' },
    statement: { uid: 6005, status: 'Success' },
    statementError: { uid: 6005, status: 'Failure' },
    disconnection: { uid: 3002, status: 'Success' },
    dataAccess: { uid: 6005, status: 'Success' },
    dataAccessDenied: { uid: 6005, status: 'Failure' },
    credentialAccepted: { uid: 3002, status: 'Success' },
    logForgery: { uid: 0, status: 'Unknown' },
    keyOperation: { uid: 6003, status: 'Success' },
    configurationChange: { uid: 6003, status: 'Success' },
    poolerLink: { uid: 4001, status: 'Success' },
    protocolError: { uid: 4001, status: 'Failure' },
    unknownDatabase: { uid: 3002, status: 'Failure' },
  };

/** In the order in which files have them. Files of an earlier version lack later columns: add, never change. */
export const ACTIVITY_COLUMNS: readonly ActivityColumn[] = [
  {
    name: 'time',
    type: 'TIMESTAMPTZ',
    ocsf: 'time',
    description: 'When it happened, to the millisecond.',
  },
  {
    name: 'uid',
    type: 'BIGINT',
    ocsf: 'metadata.uid',
    description: 'Names the row in its archive for ever.',
  },
  {
    name: 'resource_uid',
    type: 'VARCHAR',
    ocsf: 'resources.uid',
    description: 'Id of the resource, in lower case.',
  },
  { name: 'class_uid', type: 'INTEGER', ocsf: 'class_uid', description: 'Class of OCSF.' },
  {
    name: 'activity_name',
    type: 'VARCHAR',
    ocsf: 'activity_name',
    description: `What happened: ${Object.keys(ActivityClass).join(', ')}.`,
  },
  {
    name: 'status',
    type: 'VARCHAR',
    ocsf: 'status',
    description: 'Success, Failure or Unknown.',
  },
  {
    name: 'status_code',
    type: 'VARCHAR',
    ocsf: 'status_code',
    description: 'PostgreSQL: the SQLSTATE. Cosmos DB: the HTTP status. NULL where the log does not tell.',
  },
  {
    name: 'status_detail',
    type: 'VARCHAR',
    ocsf: 'status_detail',
    description: 'Why a sign-in failed: wrongCredential, unknownPrincipal, notAllowed.',
  },
  {
    name: 'user_name',
    type: 'VARCHAR',
    ocsf: 'actor.user.name',
    description: 'The principal. PostgreSQL: the role. Cosmos DB: object id, resource token user, or kind of key.',
  },
  {
    name: 'app_name',
    type: 'VARCHAR',
    ocsf: 'actor.app_name',
    description: 'The application as it calls itself.',
  },
  {
    name: 'src_ip',
    type: 'VARCHAR',
    ocsf: 'src_endpoint.ip',
    description: 'Address of the client; `[local]` for a Unix socket.',
  },
  {
    name: 'src_ip_key',
    type: 'VARCHAR',
    description: 'The address as 32 hexadecimal digits of IPv6 (IPv4 mapped), so that a network is a range.',
  },
  {
    name: 'src_country',
    type: 'VARCHAR',
    ocsf: 'src_endpoint.location.country',
    description: 'ISO 3166-1 code of the country, as known when it was judged.',
  },
  {
    name: 'src_city',
    type: 'VARCHAR',
    ocsf: 'src_endpoint.location.city',
    description: 'City, where a data file tells.',
  },
  {
    name: 'src_asn',
    type: 'BIGINT',
    ocsf: 'src_endpoint.autonomous_system.number',
    description: 'Number of the network that announces the address.',
  },
  {
    name: 'src_as_name',
    type: 'VARCHAR',
    ocsf: 'src_endpoint.autonomous_system.name',
    description: 'Who runs that network.',
  },
  { name: 'src_place', type: 'VARCHAR', description: 'The place by which Vedette judges.' },
  {
    name: 'src_network',
    type: 'VARCHAR',
    ocsf: 'src_endpoint.zone',
    description: 'The named network of the configuration; NULL outside all of them.',
  },
  {
    name: 'src_cloud',
    type: 'VARCHAR',
    ocsf: 'src_endpoint.location.region',
    description: 'Cloud provider and region of the address.',
  },
  {
    name: 'database_name',
    type: 'VARCHAR',
    ocsf: 'database.name',
    description: 'The database.',
  },
  {
    name: 'operation',
    type: 'VARCHAR',
    ocsf: 'api.operation',
    description: 'Cosmos DB and control plane: the operation.',
  },
  {
    name: 'container_name',
    type: 'VARCHAR',
    ocsf: 'databucket.name',
    description: 'Cosmos DB: the container.',
  },
  {
    name: 'bytes_out',
    type: 'BIGINT',
    ocsf: 'traffic.bytes_out',
    description: 'Bytes sent to the client; NULL where the log does not tell.',
  },
  {
    name: 'session_uid',
    type: 'VARCHAR',
    ocsf: 'session.uid',
    description: "The session within its log; PostgreSQL's `%c` where the log has it.",
  },
  {
    name: 'fingerprint',
    type: 'BIGINT',
    ocsf: 'query_info.uid',
    description: 'The statement without its literals: see the files of statements.',
  },
  {
    name: 'protection',
    type: 'VARCHAR',
    description: 'How the session is protected, as far as the record tells.',
  },
  { name: 'is_late', type: 'BOOLEAN', description: 'It came later than the clock allows for.' },
  {
    name: 'log_name',
    type: 'VARCHAR',
    ocsf: 'metadata.log_name',
    description: 'File or stream that the record stood in.',
  },
  {
    name: 'log_offset',
    type: 'BIGINT',
    description: 'Byte offset of the record in the (unpacked) log.',
  },
];

/** A column of the files of statements and of the view `statements`. */
export const STATEMENT_COLUMNS: readonly Pick<ActivityColumn, 'name' | 'type' | 'description'>[] = [
  { name: 'fingerprint', type: 'BIGINT', description: 'As in the files of activities.' },
  { name: 'text', type: 'VARCHAR', description: 'The statement as it was first met, literals masked.' },
  { name: 'kinds', type: 'VARCHAR[]', description: 'What it is: `select`, `copy`, `createrole` …' },
  { name: 'reads', type: 'VARCHAR[]', description: 'Tables that it reads.' },
  { name: 'writes', type: 'VARCHAR[]', description: 'Tables that it writes.' },
];
