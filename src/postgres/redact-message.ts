import { maskLiterals } from '../sql/mask-literals.ts';

/** Texts of one log record that may hold what people or applications sent. */
export interface LogTexts {
  severity: string;
  sqlState: string;
  message: string;
  detail: string;
  /** Statement, internal query, context: SQL, or holding it. */
  queries: string[];
}

/** LOG messages of which only the part behind the match is SQL. */
const STATEMENT_START = /^(?:duration: [\d.]+ ms\s+)?(?:statement: |(?:execute|parse|bind|execute fetch from) [^:]*: |AUDIT: )/;
/** SQLSTATE classes whose messages quote data (22 data exception, 23 integrity violation) or text near an error (42601). */
const QUOTES_DATA = /^(?:22|23|42601)/;

/** The same texts, secrets destroyed and literals masked. What the server itself says of a client stays. */
export function redactTexts(texts: LogTexts): LogTexts {
  const queries = texts.queries.map(maskLiterals);
  if (texts.severity === 'FATAL' || texts.severity === 'PANIC') {
    return { ...texts, queries };
  }
  const message = redactMessage(texts);
  const isStatement = STATEMENT_START.test(texts.message) || texts.severity === 'ERROR';
  return { ...texts, message, detail: isStatement ? redactDetail(texts.detail) : texts.detail, queries };
}

function redactMessage({ severity, sqlState, message }: LogTexts): string {
  const start = STATEMENT_START.exec(message);
  if (start !== null) {
    return start[0] + maskLiterals(message.slice(start[0].length));
  }
  if (severity === 'LOG') {
    return message;
  }
  return QUOTES_DATA.test(sqlState) ? message.replace(/"[^]*"?/g, '"?"') : message;
}

/** `Key (email)=(a@b.org) already exists.`, `Failing row contains (1, secret).`, `parameters: $1 = 'x'`. */
function redactDetail(detail: string): string {
  return maskLiterals(detail.replace(/(=|contains )\([^]*\)/g, '$1(?)'));
}
