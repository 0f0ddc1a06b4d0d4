import type { Duplex } from 'node:stream';

/** The part of node-postgres that we use; written down here because the package is installed only when it is needed. */
export interface PgModule {
  Client: new (settings: PgSettings) => PgClient;
}

export interface PgSettings {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  application_name?: string;
  /** Settings of the session, as on the server's command line: `-c log_statement=none`. */
  options?: string;
  ssl?: { rejectUnauthorized: boolean };
  /** Makes the socket; it decides which local address the client comes from. */
  stream?: () => Duplex;
}

export interface PgQuery {
  /** With a name: a named prepared statement. */
  name?: string;
  text: string;
  /** With values: the extended protocol. */
  values?: readonly unknown[];
}

export interface PgClient {
  connect(): Promise<void>;
  query(query: string | PgQuery): Promise<{ rows: Record<string, unknown>[] }>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): void;
}
