/** The tables, as the newest migration leaves them. Times are milliseconds since the epoch; flags are 0 or 1. */
export interface Schema {
  migration: { name: string; applied_time: number };
  counter: { name: string; value: number };
  alert: AlertTable;
  alert_word: { name: string; word: string };
  alert_status_change: StatusChangeTable;
  alert_comment: { id: string; alert_name: string; made_by: string; made_time: number; text: string };
  shard_owner: { shard: number; epoch: number; owner: string; claimed_time: number };
  resource_state: ResourceStateTable;
  resource: ResourceTable;
  settings_override: Versioned & { scope: string; settings: string; changed_by: string };
  fleet_policy: Versioned & { name: string; rank: number; match: string; settings: string; changed_by: string };
  outbox: OutboxTable;
  audit_entry: AuditTable;
  document: Versioned & { kind: string; scope: string; body: string };
  app_user: UserTable;
  user_session: SessionTable;
  api_token: TokenTable;
  service_principal: ServicePrincipalTable;
  role_assignment: RoleTable;
  signing_key: KeyTable;
  revoked_token: { id: string; expires_time: number };
  resource_health: { resource_key: string; checked_time: number; body: string };
  archive_spool: { archive: string; shard: number; committed: number; converted: number };
  archive_file: ArchiveFileTable;
  decision: DecisionTable;
  alert_background: { alert_name: string; matters: string; sealed: Uint8Array | null };
  health_notice: { resource_key: string; kind: string; text: string; since_time: number };
}

/** Rows that carry an etag: their time of birth with the number of changes. */
export interface Versioned {
  created_time: number;
  changed_time: number;
  revision: number;
}

export interface AlertTable {
  name: string;
  resource_key: string;
  /** Canonical JSON. */
  body: string;
  version: number;
  /** How often the engine changed the row. */
  updates: number;
  /** How often people changed it. */
  revision: number;
  alert_type: string;
  /** Position in `SEVERITIES`. */
  severity: number;
  status: string;
  is_incident: number;
  is_historical: number;
  correlation_key: string;
  start_time: number;
  end_time: number;
  detected_time: number;
  changed_time: number;
  suppressed_by: string | null;
  status_by: string | null;
  status_time: number | null;
  status_reason: string | null;
}

export interface StatusChangeTable {
  alert_name: string;
  /** The alert's revision that it made. */
  revision: number;
  status: string;
  made_by: string;
  made_time: number;
  reason: string | null;
}

export interface ResourceStateTable {
  resource_key: string;
  shard: number;
  state: Uint8Array;
  positions: Uint8Array;
  bytes: number;
  saved_time: number;
}

export interface ResourceTable extends Versioned {
  key: string;
  id: string;
  engine: string;
  name: string;
  subscription_id: string;
  resource_group: string;
  location: string;
  origin: string;
  tags: string;
  declaration: string | null;
}

export interface OutboxTable {
  id: string;
  alert_name: string;
  alert_version: number;
  channel: string;
  state: string;
  due_time: number;
  lease_until: number;
  claimed_by: string | null;
  attempts: number;
  created_time: number;
  sent_time: number | null;
  last_error: string | null;
  payload: string | null;
}

export interface AuditTable {
  sequence: number;
  time: number;
  actor: string;
  action: string;
  target: string;
  outcome: string;
  address: string | null;
  detail: string | null;
  hash: string;
}

export interface UserTable extends Versioned {
  id: string;
  name: string;
  display_name: string;
  email: string | null;
  password_hash: string | null;
  issuer: string | null;
  subject: string | null;
  disabled: number;
  failed_attempts: number;
  locked_until: number | null;
  last_sign_in_time: number | null;
}

export interface SessionTable {
  id_hash: string;
  user_id: string;
  created_time: number;
  last_used_time: number;
  expires_time: number;
  address: string | null;
  user_agent: string | null;
  facts: string;
}

export interface TokenTable {
  id: string;
  kind: string;
  name: string;
  hash: string;
  principal_id: string | null;
  scope: string;
  created_time: number;
  expires_time: number | null;
  last_used_time: number | null;
  revoked_time: number | null;
}

export interface ServicePrincipalTable extends Versioned {
  app_id: string;
  object_id: string;
  tenant_id: string;
  display_name: string;
  disabled: number;
  secrets: string;
  last_used_time: number | null;
}

export interface RoleTable {
  id: string;
  principal_id: string;
  principal_kind: string;
  role: string;
  scope: string;
  created_time: number;
  created_by: string;
}

export interface KeyTable {
  kid: string;
  algorithm: string;
  public_key: string;
  private_key: string;
  created_time: number;
  retires_time: number;
  expires_time: number;
}

export interface DecisionTable {
  sequence: number;
  resource_key: string;
  /** JSON. */
  body: string;
  made_by: string;
  made_time: number;
  event_time: number | null;
}

export interface ArchiveFileTable {
  archive: string;
  name: string;
  kind: string;
  period: number;
  from_time: number;
  to_time: number;
  row_count: number;
  bytes: number;
}
