import { REFERENCE_FORMS, withoutReferences } from './references.ts';

/**
 * What is wrong with `store.url`, as the end of a sentence; undefined for a good one.
 * `written` is the text before references are resolved: it tells a literal password from a reference to one.
 * No message repeats the address, since it may hold the password.
 */
export function storeUrlProblem(written: string, resolved: string): string | undefined {
  if (!/^(?:sqlite:.|postgres(?:ql)?:\/\/.)/i.test(resolved)) {
    return 'must begin with "sqlite:" or "postgres://"';
  }
  if (hasLiteralPassword(written)) {
    return `holds a password; write ${REFERENCE_FORMS} in its place`;
  }
  return undefined;
}

/** The password of `user:password@host`, or of libpq's `?password=`; postgresql.org/docs, libpq connection URIs. */
function hasLiteralPassword(written: string): boolean {
  const literal = withoutReferences(written);
  const authority = /^[a-z]+:\/\/([^/?#]*)@/i.exec(literal)?.[1] ?? '';
  const parameter = /[?&](?:ssl)?password=([^&#]*)/i.exec(literal)?.[1] ?? '';
  const colon = authority.indexOf(':');
  return parameter !== '' || (colon >= 0 && colon < authority.length - 1);
}
