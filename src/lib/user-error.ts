/**
 * A mistake that the person at the terminal can mend: bad arguments, bad configuration, an unreadable file.
 * The message is one sentence: what, where, what to do. Commands print it without a stack trace and exit with 2.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}
