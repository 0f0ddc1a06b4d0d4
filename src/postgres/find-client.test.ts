import { describe, expect, it } from 'vitest';
import { findClient } from './find-client.ts';
import { logBytes, textAt } from './testkit.ts';

function clientOf(message: string) {
  const source = logBytes(message);
  const span = () => ({ start: 0, end: 0 });
  const client = { principal: span(), database: span(), address: span() };
  findClient(source.words, 0, source.end, client);
  return [client.principal, client.database, client.address].map((part) => textAt(source, part));
}

describe('findClient', () => {
  it.each([
    ['connection received: host=192.0.2.10 port=37650', '', '', '192.0.2.10'],
    ['connection received: host=2001:db8::1 port=1', '', '', '2001:db8::1'],
    ['connection received: host=db-client.example.com port=1', '', '', 'db-client.example.com'],
    ['connection received: host=[local]', '', '', ''],
    ['connection authorized: user=app database=shop', 'app', 'shop', ''],
    ['connection authorized: user=app database=shop application_name=psql', 'app', 'shop', ''],
    [
      'connection authorized: user=app database=shop application_name=psql SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)',
      'app',
      'shop',
      '',
    ],
    [
      'connection authorized: user=ann@example.com database=shop SSL enabled (protocol=TLSv1.3)',
      'ann@example.com',
      'shop',
      '',
    ],
    ['connection authorized: user=app database=shop GSS (authenticated=yes, encrypted=yes)', 'app', 'shop', ''],
    ['connection authorized: user=o\'brien, "jr" database=shop', 'o\'brien, "jr"', 'shop', ''],
    ['connection authorized: user=a database b database=shop', 'a database b', 'shop', ''],
    ['replication connection authorized: user=standby application_name=walreceiver', 'standby', '', ''],
    ['replication connection authorized: user=standby', 'standby', '', ''],
    [
      'disconnection: session time: 0:00:00.066 user=app database=shop host=192.0.2.10 port=41333',
      'app',
      'shop',
      '192.0.2.10',
    ],
    ['disconnection: session time: 0:00:00.066 user=app database=shop host=[local]', 'app', 'shop', ''],
    [
      'no pg_hba.conf entry for host "198.51.100.66", user "app", database "shop", no encryption',
      'app',
      'shop',
      '198.51.100.66',
    ],
    [
      'no pg_hba.conf entry for replication connection from host "198.51.100.66", user "app", SSL off',
      'app',
      '',
      '198.51.100.66',
    ],
    [
      'pg_hba.conf rejects connection for host "198.51.100.67", user "a "b"", database "x, "y"", SSL on',
      'a "b"',
      'x, "y"',
      '198.51.100.67',
    ],
    ['pg_hba.conf rejects replication connection for host "[local]", user "app", no encryption', 'app', '', ''],
    ['password authentication failed for user "app"', 'app', '', ''],
    ['password authentication failed for user "o\'brien, "jr""', 'o\'brien, "jr"', '', ''],
    ['authentication failed for user "app": host rejected', 'app', '', ''],
    ['role "app" does not exist', 'app', '', ''],
    ['role "a "b"" is not permitted to log in', 'a "b"', '', ''],
    ['database "shop" does not exist', '', 'shop', ''],
    ['statement: SELECT 1', '', '', ''],
    ['', '', '', ''],
  ])('tells of %j: %j at %j from %j', (message, ...expected) => {
    expect(clientOf(message)).toEqual(expected);
  });
});
