import { quoteCsvField, splitCsvFields, unquoteCsvField } from '../lib/csv-fields.ts';
import { maskLiterals } from '../sql/mask-literals.ts';
import { redactContext } from './redact-context.ts';

/** Texts of one log record that may hold what people or applications sent. */
export interface LogTexts {
  severity: string;
  sqlState: string;
  message: string;
  detail: string;
  /** Where it happened, in lines; what they quote is SQL or data. */
  context: string;
  /** Statement, internal query. */
  queries: string[];
}

/** LOG messages of which only the part behind the match is SQL. A statement's name may hold a colon. */
const STATEMENT_START =
  /^(?:duration: [\d.]+ ms\s+)?(?:statement: |received replication command: |(?:execute|parse|bind|execute fetch from) [\s\S]*?: )/;
/** auto_explain: a plan with the query's text, in one of four formats. */
const PLAN_START = /^duration: [\d.]+ ms\s+plan:/;
/** pgaudit: a CSV record follows. */
const AUDIT = 'AUDIT: ';
/** Fields of it before the statement (github.com/pgaudit/pgaudit, Format). */
const AUDIT_NAMES = 7;
/** What pgaudit writes where it has no statement or parameters. */
const AUDIT_NONE = /^<[a-z ]+>$/;
/** SQLSTATE classes whose messages quote data (22 data exception, 23 integrity violation) or text near an error (42601). */
const QUOTES_DATA = /^(?:22|23|42601)/;
/** RAISE and ASSERT: the message is the application's own. */
const RAISED = /^P000[14]/;
/** What the server says behind the key of `Key (email)=(a@b.org)`. */
const KEY_END = /\) (?:already exists|is not present in table "[^"]*"|is still referenced from table "[^"]*")\.$/;

/** The same texts, secrets destroyed and literals masked. What the server itself says of a client stays. */
export function redactTexts(texts: LogTexts): LogTexts {
  const queries = texts.queries.map(maskLiterals);
  const context = redactContext(texts.context);
  if (texts.severity === 'FATAL' || texts.severity === 'PANIC') {
    return { ...texts, queries, context };
  }
  return { ...texts, message: redactMessage(texts), detail: redactDetail(texts), queries, context };
}

function redactMessage({ severity, sqlState, message }: LogTexts): string {
  if (severity === 'LOG') {
    return redactLog(message);
  }
  if (RAISED.test(sqlState)) {
    return '?';
  }
  if (QUOTES_DATA.test(sqlState)) {
    return maskLiterals(cutAtQuote(message));
  }
  return severity === 'ERROR' ? message : maskLiterals(message);
}

function redactLog(message: string): string {
  const plan = PLAN_START.exec(message);
  if (plan !== null) {
    return `${plan[0]} ?`;
  }
  if (message.startsWith(AUDIT)) {
    return AUDIT + redactAudit(message.slice(AUDIT.length));
  }
  const start = STATEMENT_START.exec(message)?.[0] ?? '';
  return start + (start === '' ? message : maskLiterals(message.slice(start.length)));
}

function redactAudit(record: string): string {
  const fields = splitCsvFields(record);
  const masked = fields.slice(AUDIT_NAMES).map((raw, i) => {
    const text = unquoteCsvField(raw);
    return raw === '' || AUDIT_NONE.test(text) ? raw : quoteCsvField(i === 0 ? maskLiterals(text) : '?');
  });
  return [...fields.slice(0, AUDIT_NAMES), ...masked].join(',');
}

/** `Key (email)=(a@b.org) already exists.`, `Failing row contains (1, secret).`, `parameters: $1 = 'x'`. */
function redactDetail({ severity, sqlState, message, detail }: LogTexts): string {
  if (severity === 'LOG' && !STATEMENT_START.test(message)) {
    return detail;
  }
  if (RAISED.test(sqlState)) {
    return detail === '' ? '' : '?';
  }
  const row = /(?:=|contains )\(/.exec(detail);
  if (row === null) {
    return maskLiterals(QUOTES_DATA.test(sqlState) ? cutAtQuote(detail) : detail);
  }
  const end = KEY_END.exec(detail)?.[0] ?? ')';
  return `${maskLiterals(detail.slice(0, row.index))}${row[0]}?${end}`;
}

/** What stands before the first quotation, which may hold quotes itself. */
function cutAtQuote(text: string): string {
  const quote = text.indexOf('"');
  return quote < 0 ? text : `${text.slice(0, quote)}"?"`;
}
