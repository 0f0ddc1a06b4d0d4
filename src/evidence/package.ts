import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { unzipped, type ZipEntry, ZipError, zipOf } from './zip.ts';

const MANIFEST = 'manifest.json';
const SIGNATURE = 'manifest.sig';
const PUBLIC_KEY = 'public-key.pem';
/** These three vouch for the others. */
const VOUCHERS: readonly string[] = [MANIFEST, SIGNATURE, PUBLIC_KEY];

/** What a package says of itself, signed as the bytes of `manifest.json`. */
export interface Manifest {
  format: 'vedette-evidence';
  version: 1;
  /** ISO 8601, UTC. */
  createdTime: string;
  createdBy: string;
  /** Names of alerts, and the resource. */
  alerts: string[];
  resource: string;
  /** Identifies the key: `keyIdOf`. */
  keyId: string;
  files: { name: string; bytes: number; sha256: string }[];
}

/** A package whose files are listed with their hashes; the list is signed by Ed25519. */
export function signedPackage(
  about: Omit<Manifest, 'format' | 'version' | 'keyId' | 'files'>,
  files: readonly ZipEntry[],
  privateKey: KeyObject,
): Buffer {
  const publicKey = createPublicKey(privateKey);
  const manifest: Manifest = {
    format: 'vedette-evidence',
    version: 1,
    ...about,
    keyId: keyIdOf(publicKey),
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  };
  const listed = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
  return zipOf([
    ...files,
    { name: MANIFEST, bytes: listed },
    { name: SIGNATURE, bytes: sign(null, listed, privateKey) },
    { name: PUBLIC_KEY, bytes: Buffer.from(pemOf(publicKey)) },
  ]);
}

export interface Verdict {
  manifest?: Manifest;
  /** What is wrong, a sentence each; empty: every file is as it was signed. */
  problems: string[];
}

/** @param trusted the key that must have signed; absent: the one in the package, which proves that it is whole and no more */
export function checkedPackage(archive: Buffer, trusted?: KeyObject): Verdict {
  try {
    return checked(unzipped(archive), trusted);
  } catch (error) {
    if (error instanceof ZipError || error instanceof SyntaxError) {
      return { problems: [`The package cannot be read: ${error.message}.`] };
    }
    throw error;
  }
}

function checked(entries: readonly ZipEntry[], trusted: KeyObject | undefined): Verdict {
  const files = new Map(entries.map(({ name, bytes }) => [name, bytes]));
  const missing = VOUCHERS.filter((name) => !files.has(name));
  if (missing.length > 0 || files.size < entries.length) {
    return { problems: [missing.length > 0 ? `${missing.join(', ')} is missing.` : 'A file is there twice.'] };
  }
  const listed = files.get(MANIFEST)!;
  const key = trusted ?? createPublicKey(Buffer.from(files.get(PUBLIC_KEY)!));
  if (key.asymmetricKeyType !== 'ed25519' || !verify(null, listed, key, files.get(SIGNATURE)!)) {
    return { problems: [trusted === undefined ? 'The signature is wrong.' : 'The signature is not by the key given.'] };
  }
  const manifest = JSON.parse(Buffer.from(listed).toString()) as Manifest;
  const names = new Set(manifest.files.map(({ name }) => name));
  const problems = manifest.files.flatMap(({ name, sha256: expected }) => {
    const bytes = files.get(name);
    return bytes === undefined
      ? [`${name} is missing.`]
      : sha256(bytes) === expected
        ? []
        : [`${name} is not what was signed.`];
  });
  const added = [...files.keys()].filter((name) => !names.has(name) && !VOUCHERS.includes(name));
  return { manifest, problems: [...problems, ...added.map((name) => `${name} was added.`)] };
}

/** SHA-256 of the key as SubjectPublicKeyInfo, in base64url: the same for a private key and its public one. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
}

export function pemOf(publicKey: KeyObject): string {
  return String(publicKey.export({ type: 'spki', format: 'pem' }));
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
