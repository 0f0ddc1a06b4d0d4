import { X509Certificate } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keptFile } from '../lib/kept-file.ts';
import { type Certificate, selfSignedCertificate } from './self-signed-certificate.ts';

/** Replaced so long before its end. Milliseconds. */
const RENEW_MS = 30 * 24 * 3_600_000;
/** Key and certificate in one file: they belong together. */
const PAIR_FILE = 'server.pem';
/** The public part alone, for clients that are told to trust it. */
export const PUBLIC_FILE = 'certificate.pem';

/** The certificate that Vedette made for itself, kept in a folder; a new one where it is about to end. */
export async function ownCertificate(directory: string, hosts: readonly string[], now: number): Promise<Certificate> {
  const path = join(directory, PAIR_FILE);
  let pair = await readPair(path, hosts, now);
  if (Date.parse(new X509Certificate(pair.certificate).validTo) - now < RENEW_MS) {
    await rm(path, { force: true });
    pair = await readPair(path, hosts, now);
  }
  await writeFile(join(directory, PUBLIC_FILE), pair.certificate);
  return pair;
}

async function readPair(path: string, hosts: readonly string[], now: number): Promise<Certificate> {
  const pem = await keptFile(path, async () => {
    const { key, certificate } = await selfSignedCertificate(hosts, now);
    return `${key}\n${certificate}\n`;
  });
  const [, key = '', certificate = ''] = /^([\s\S]*?)(-----BEGIN CERTIFICATE-----[\s\S]*)$/.exec(String(pem)) ?? [];
  return { key, certificate };
}
