import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPg, POSTGRESQL_MAJORS, SUPERUSER, startPostgresql, whyNoPostgresql } from './postgresql.ts';

describe.each(POSTGRESQL_MAJORS)('PostgreSQL %i', (major) => {
  const reason = whyNoPostgresql(major);
  if (reason !== undefined) {
    console.warn(`skipped: ${reason}`);
  }

  it.skipIf(reason !== undefined)('serves a client, logs it as csv, and leaves nothing behind', async () => {
    const server = await startPostgresql(major, { settings: { log_statement: 'all' } });
    let log: string;
    try {
      const client = new (loadPg().Client)({
        host: '127.0.0.1',
        port: server.port,
        ...SUPERUSER,
        database: 'postgres',
      });
      await client.connect();
      const { rows } = await client.query("SELECT current_setting('server_version_num')::int / 10000 AS major");
      await client.end();
      expect(rows).toEqual([{ major }]);
    } finally {
      await server.stop('keep');
      log = server
        .logFiles()
        .map((file) => readFileSync(file, 'utf8'))
        .join('');
      await server.stop();
    }
    expect(log).toContain('connection authorized: user=postgres database=postgres');
    expect(log).toContain("statement: SELECT current_setting('server_version_num')");
    expect(log).toContain('disconnection: session time:');
    expect(existsSync(server.root)).toBe(false);
    expect(() => process.kill(server.pid, 0)).toThrow();
  });

  it.skipIf(reason !== undefined)('says why it does not start, and leaves nothing behind', async () => {
    const start = startPostgresql(major, { settings: { no_such_setting: 1 } });

    await expect(start).rejects.toThrow(/PostgreSQL stopped while starting: .*no_such_setting/s);
  });
});
