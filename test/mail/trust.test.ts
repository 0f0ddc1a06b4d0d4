import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownCertificate } from '../../src/api/own-certificate.ts';
import { refusal, send, startServer } from './smtp.ts';
import { isSigned } from './verify-dkim.ts';

const folder = mkdtempSync(join(tmpdir(), 'vedette-mail-'));
let pair: { key: string; certificate: string };

beforeAll(async () => {
  pair = await ownCertificate(folder, ['127.0.0.1', 'localhost'], Date.now());
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('TLS', () => {
  const withTls = () => ({ key: pair.key, cert: pair.certificate, disabledCommands: [], authOptional: true });

  it.each(['starttls', 'tls'])('by %s is spoken with a server whose authority is named', async (security) => {
    const { port, taken } = await startServer({ ...withTls(), secure: security === 'tls' });

    await send(port, { security, ca: pair.certificate });
    expect(taken).toMatchObject([{ isSecure: true, from: 'vedette@example.com', to: ['ops@example.com'] }]);
  });

  it.each(['starttls', 'tls'])('by %s is not spoken with a stranger', async (security) => {
    const { port, taken } = await startServer({ ...withTls(), secure: security === 'tls' });

    await expect(send(port, { security })).rejects.toMatchObject({ isPermanent: false });
    expect(taken).toEqual([]);
  });

  it('that a server demands is an error in the clear', async () => {
    const { port, taken } = await startServer({
      ...withTls(),
      onMailFrom: (_, { secure }, done) => done(secure ? null : refusal(530, 'Must issue a STARTTLS command first')),
    });

    await expect(send(port)).rejects.toThrow('STARTTLS');
    await send(port, { security: 'starttls', ca: pair.certificate });
    expect(taken).toHaveLength(1);
  });
});

describe('signing in', () => {
  const withUsers = (): SMTPServerOptions => ({
    key: pair.key,
    cert: pair.certificate,
    disabledCommands: [],
    authOptional: false,
    onAuth({ username, password }, _, done) {
      const isRight = username === 'vedette' && password === 'right';
      return isRight ? done(null, { user: username }) : done(refusal(535, 'bad credentials'));
    },
  });

  it('is done over TLS, and a wrong password can be mended', async () => {
    const { port, taken } = await startServer(withUsers());
    const settings = { security: 'starttls', ca: pair.certificate, user: 'vedette' };

    await send(port, { ...settings, password: 'right' });
    expect(taken).toMatchObject([{ user: 'vedette', isSecure: true }]);
    const wrong = send(port, { ...settings, password: 'wr0ng-secret' });
    await expect(wrong).rejects.toMatchObject({ isPermanent: false, message: expect.stringMatching(/535(?!.*wr0ng)/) });
  });
});

it('signs mails by DKIM, so that a receiver can tell a change', async () => {
  const { port, taken } = await startServer();
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });
  await send(port, { dkim: { domainName: 'example.com', keySelector: 'vedette', privateKey } });
  const { mail } = taken[0]!;

  expect(String(mail)).toMatch(/DKIM-Signature: v=1; a=rsa-sha256;[\s\S]*d=example\.com;[\s\S]*s=vedette;/);
  expect(isSigned(mail, publicKey)).toBe(true);
  expect(isSigned(mail, String(other))).toBe(false);
  for (const [from, to] of [
    ['Suspected', 'Harmless'],
    ['ALTER ROLE', 'DROP ROLE'],
  ] as const) {
    expect(isSigned(Buffer.from(mail.toString('latin1').replace(from, to), 'latin1'), publicKey)).toBe(false);
  }
});
