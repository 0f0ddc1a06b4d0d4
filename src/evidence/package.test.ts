import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkedPackage, signedPackage } from './package.ts';
import { unzipped, ZipError, zipOf } from './zip.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const files = [
  { name: 'report.html', bytes: Buffer.from('<p>what happened</p>') },
  { name: 'alerts/a.json', bytes: Buffer.from('{}') },
];
const about = { createdTime: '2026-11-03T10:00:00.000Z', createdBy: 'ann', alerts: ['a'], resource: '/r' };
const signed = signedPackage(about, files, privateKey);

/** The package with one of its files changed; undefined leaves it out. */
function tampered(name: string, bytes: Uint8Array | undefined): Buffer {
  const others = unzipped(signed).filter((entry) => entry.name !== name);
  return zipOf(bytes === undefined ? others : [...others, { name, bytes }]);
}

describe('a package', () => {
  it('is as it was signed', () => {
    const { manifest, problems } = checkedPackage(signed, publicKey);

    expect(problems).toEqual([]);
    expect(manifest).toMatchObject({ ...about, format: 'vedette-evidence', files: [{ name: 'report.html' }, {}] });
    expect(checkedPackage(signed).problems).toEqual([]);
  });

  it.each<[string, Buffer, string]>([
    ['a file changed', tampered('report.html', Buffer.from('<p>nothing</p>')), 'report.html is not what was signed.'],
    ['a file gone', tampered('alerts/a.json', undefined), 'alerts/a.json is missing.'],
    ['a file more', tampered('alerts/b.json', Buffer.from('{}')), 'alerts/b.json was added.'],
    ['another manifest', tampered('manifest.json', Buffer.from('{}')), 'The signature is not by the key given.'],
    ['no signature', tampered('manifest.sig', undefined), 'manifest.sig is missing.'],
    ['a short signature', tampered('manifest.sig', Buffer.from('x')), 'The signature is not by the key given.'],
  ])('is not, with %s', (_, archive, problem) => {
    expect(checkedPackage(archive, publicKey).problems).toEqual([problem]);
  });

  it('is not by the server whose key another one signed with', () => {
    const others = generateKeyPairSync('ed25519').privateKey;
    const forged = signedPackage(about, files, others);

    expect(checkedPackage(forged).problems).toEqual([]);
    expect(checkedPackage(forged, publicKey).problems).toEqual(['The signature is not by the key given.']);
  });

  it('that holds a file twice is refused', () => {
    const [first] = unzipped(signed);

    expect(checkedPackage(zipOf([...unzipped(signed), first!]), publicKey).problems).toEqual([
      'A file is there twice.',
    ]);
  });

  it('that is damaged or no package at all is told to be so', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: signed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(signed);
        damaged[at] = damaged[at]! ^ change;
        const { problems, manifest } = checkedPackage(damaged, publicKey);
        // names and dates of ZIP that say nothing of the content may differ; what was signed may not
        return problems.length > 0 || JSON.stringify(manifest) === JSON.stringify(checkedPackage(signed).manifest);
      }),
    );
    expect(checkedPackage(Buffer.from('no archive')).problems).toEqual([
      'The package cannot be read: it is no ZIP archive, or it is cut.',
    ]);
  });
});

describe('a ZIP archive', () => {
  it('gives back what was put into it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 300 }))), (given) => {
        const entries = given.map(([name, bytes]) => ({
          name: Buffer.from(name).toString(),
          bytes: Buffer.from(bytes),
        }));
        expect(unzipped(zipOf(entries)).map(({ name, bytes }) => [name, Buffer.from(bytes)])).toEqual(
          entries.map(({ name, bytes }) => [name, bytes]),
        );
      }),
    );
  });

  it('that would unpack to more than it says is refused', () => {
    const archive = zipOf([{ name: 'bomb', bytes: Buffer.alloc(1_000_000) }]);
    const size = archive.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 24;
    archive.writeUInt32LE(10, size);

    expect(() => unzipped(archive)).toThrow(ZipError);
  });
});
