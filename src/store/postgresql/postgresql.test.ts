import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startPostgresql, whyNoPostgresql } from '../../../test/servers/postgresql.ts';
import { whyNot } from '../../../test/why-not.ts';
import { openStore } from '../open-store.ts';
import { aWrite, postgresqlUrl } from '../testkit.ts';

const reason = whyNot(whyNoPostgresql(18));

it.skipIf(reason !== undefined)('a server that goes away leaves what may be tried again', async () => {
  const server = await startPostgresql(18);
  const url = postgresqlUrl(server);
  const stores = await Promise.all([openStore(url), openStore(url)]); // both migrate at once
  const store = stores[0];
  await store.alerts.upsertOwn([aWrite(1)]);
  await store.ping();

  await server.stop('keep');

  const refused = { code: 'unavailable', retryable: true };
  await expect(store.ping()).rejects.toMatchObject(refused);
  await expect(store.alerts.get(aWrite(1).alert.name)).rejects.toMatchObject(refused);
  await expect(store.alerts.upsertOwn([aWrite(2)])).rejects.toMatchObject(refused);
  await expect(openStore(url)).rejects.toMatchObject(refused);
  await expect(openStore(url)).rejects.not.toThrow(/invented/);
  await Promise.all(stores.map((open) => open.close()));
  rmSync(server.root, { recursive: true });
});

it.skipIf(reason !== undefined)('a store of a newer version is refused', async () => {
  const server = await startPostgresql(18);
  const url = postgresqlUrl(server);
  await (await openStore(url)).close();
  const { Client } = (await import('pg')).default;
  const client = new Client(url);
  await client.connect();
  await client.query("insert into vedette.migration values ('9999-from-the-future', 0)");

  await expect(openStore(url)).rejects.toThrow('newer Vedette: it is at 9999-from-the-future');
  // Sessions that end take the transaction with them; the next one is a new session.
  await client.query("delete from vedette.migration where name like '9%'");
  const store = await openStore(url);
  await store.alerts.upsertOwn([aWrite(1)]);
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename is not null',
  );
  await client.end();
  await expect
    .poll(() => store.alerts.upsertOwn([aWrite(1)]).catch((error: { code: string }) => error.code), {
      timeout: 120_000,
    })
    .toEqual(['unchanged']);
  await store.close();
  await server.stop();
});
