import { redactQuery } from '../azure/redact-query.ts';
import type { Engine } from '../model/resource.ts';
import { maskLiterals } from '../sql/mask-literals.ts';

/** Statements about roles: a password that was written without quotes, or in the wrong ones, is an error that is logged. */
const ABOUT_ROLES = /^\s*(?:create|alter)\s+(?:role|user|group)\b/i;
const BARE_PASSWORD = /\b(password|identified\s+by)(\s*=?\s*)(?:"(?:[^"]|"")*"?|(?!null\b)[^\s';]+)/gi;

/** A statement as it may be kept for long: no literal, no comment and no password in it. */
export function statementToKeep(text: string, engine: Engine): string {
  if (engine === 'cosmosdb') {
    return redactQuery(text);
  }
  const masked = maskLiterals(text);
  return ABOUT_ROLES.test(masked) ? masked.replace(BARE_PASSWORD, '$1$2?') : masked;
}
