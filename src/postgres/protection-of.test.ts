import { expect, it } from 'vitest';
import { Protection } from '../model/activity.ts';
import { protectionOf } from './protection-of.ts';

function told(message: string): number {
  const bytes = Buffer.from(`${message}\0\0\0\0`);
  return protectionOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length - 4);
}

it.each([
  ['connection authenticated: identity="app" method=scram-sha-256 (/etc/pg_hba.conf:9)', 0],
  ['connection authenticated: identity="app" method=md5 (/etc/pg_hba.conf:9)', Protection.md5],
  ['connection authenticated: identity=""app"" method=password (/etc/pg_hba.conf:9)', Protection.password],
  [String.raw`connection authenticated: user=\"app\" method=trust (/etc/pg_hba.conf:9)`, Protection.trust],
  ['connection authenticated: identity="x" method=trust (a)" method=md5 (/etc/pg_hba.conf:9)', Protection.md5],
  ['connection authenticated: identity="app" method=', 0],
  ['connection authorized: user=app database=shop application_name=psql', Protection.unencrypted],
  [
    'connection authorized: user=app database=shop SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)',
    Protection.encrypted,
  ],
  [
    'connection authorized: user=a database=b GSS (authenticated=yes, encrypted=yes, principal=a@B)',
    Protection.encrypted,
  ],
  ['connection authorized: user=a database=b GSS (authenticated=yes, encrypted=no)', Protection.unencrypted],
  ['replication connection authorized: user=standby SSL enabled (protocol=TLSv1.2)', Protection.encrypted],
  ['statement: SELECT 1', 0],
  ['', 0],
])('%s', (message, protection) => {
  expect(told(message)).toBe(protection);
});

it('reads a message of any length in linear time', () => {
  expect(told(`connection authenticated: ${'" method=md5 '.repeat(200_000)}`)).toBe(Protection.md5);
});
