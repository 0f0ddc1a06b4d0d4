/** Where such a word stands, a literal beside it may be a secret, whatever its form. */
const SUSPECT =
  /pass(?:w|_?phrase|code|\b)|\bpw\b|pw_|_pw|pwd|secret|token|credential|crypt|cipher|hmac|digest\s*\(|pgp_|dblink|user\s+mapping|identified\s+by|(?:api|access|account|private|shared|signing|encryption|license|service|storage)[_\s-]*key|private_key|sharedaccess|bearer|authorization|cookie|session_?id|otp\b|scram|\bmd5/i;
/** Values of parameters, of which the record does not say what they are for. */
const PARAMETERS = /\bparameters: \$\d+ = /i;
const ITS_STATEMENT = /\b(?:statement|execute|bind|select|insert|update|delete|with|call|merge)\b/i;

/** Secrets that show by their form. */
const FORMS = new RegExp(
  [
    '-----BEGIN[^-]{0,40}PRIVATE[^-]{0,20}-----[\\s\\S]*?(?:-----END[^-]{0,60}-----|$)', // PEM
    '\\beyJ[\\w-]{8,}(?:\\.[\\w-]*){1,4}', // JSON Web Token
    '\\b[a-z][a-z\\d+.-]{1,30}://[^\\s/@:\'"]*:[^\\s/@\'"]+@[^\\s\'"]*', // URL with a password
    '\\b(?:AKIA|ASIA)[A-Z\\d]{16}\\b', // AWS
    '\\b(?:gh[pousr]_|github_pat_|glpat-|xox[abpr]-|sk-|rk_live_|sk_live_|AIza|ya29\\.|npm_|SG\\.)[\\w.-]{16,}', // of services
    '[?&;]sig=[^&\\s\'"]+', // Azure: shared access signature
    '\\$(?:2[aby]|5|6|y|argon2\\w*|pbkdf2[\\w-]*|scrypt)\\$[^\\s\'"]+', // hashes of passwords
    '(?<![A-Za-z\\d+/_-])[A-Za-z\\d+/_-]{40,}={0,2}(?![A-Za-z\\d+/_-])', // keys as base64, and what looks like them
    '(?<![\\da-f])[\\da-f]{32,}(?![\\da-f])', // keys as hexadecimal
  ].join('|'),
  'gi',
);
const DESTROYED = '[destroyed]';

/**
 * A record with its literals and without secrets, for those who may see what was sent. Where a secret cannot be told from
 * other literals, undefined: then the masked record is all there is.
 */
export function withoutSecrets(record: string): string | undefined {
  if (SUSPECT.test(record) || (PARAMETERS.test(record) && !ITS_STATEMENT.test(record))) {
    return undefined;
  }
  return record.replace(FORMS, DESTROYED);
}
