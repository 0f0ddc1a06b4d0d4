import { createHash, createVerify } from 'node:crypto';

/**
 * Whether a signature by DKIM (RFC 6376, rsa-sha256, relaxed/relaxed) fits a mail, as a receiver finds out who has the
 * public key. Throws where it is not such a signature.
 */
export function isSigned(mail: Buffer, publicKey: string): boolean {
  const text = mail.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const fields = text.slice(0, end).split(/\r\n(?![ \t])/);
  const signature = fields.find((field) => /^dkim-signature:/i.test(field));
  const tags = tagsOf(signature ?? '');
  if (tags.get('a') !== 'rsa-sha256' || tags.get('c') !== 'relaxed/relaxed') {
    throw new Error(`not signed as expected: ${signature}`);
  }
  const body = createHash('sha256').update(relaxedBody(text.slice(end + 4)), 'latin1');
  const unsigned = signature!.replace(/(\bb=)[A-Za-z0-9+/=\s]*$/, '$1').replace(/(\bb=)[A-Za-z0-9+/=\s]*;/, '$1;');
  const signed = [...signedFields(fields, tags.get('h') ?? ''), relaxedField(unsigned).trimEnd()].join('\r\n');
  const verifier = createVerify('sha256').update(signed, 'latin1');
  return (
    body.digest('base64') === tags.get('bh') && verifier.verify(publicKey, Buffer.from(tags.get('b') ?? '', 'base64'))
  );
}

function tagsOf(field: string): Map<string, string> {
  const list = field.slice(field.indexOf(':') + 1).split(';');
  return new Map(
    list.map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replaceAll(/\s/g, '')]),
  );
}

/** 5.4.2: of a field that is there more than once, the last is signed first. */
function signedFields(fields: readonly string[], names: string): string[] {
  const left = [...fields];
  return names.split(':').flatMap((name) => {
    const at = left.findLastIndex((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return at < 0 ? [] : left.splice(at, 1).map(relaxedField);
  });
}

/** 3.4.2 */
function relaxedField(field: string): string {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replaceAll(/\r\n/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`;
}

/** 3.4.4 */
function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  const text = lines.join('\r\n').replace(/(?:\r\n)+$/, '');
  return text === '' ? '' : `${text}\r\n`;
}
