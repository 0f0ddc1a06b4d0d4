import { redactTexts } from '../../postgres/redact-message.ts';
import { maskLiterals } from '../../sql/mask-literals.ts';

/** What a record tells beside the text that is being redacted. */
export interface PostgresqlTexts {
  severity: string;
  sqlState: string;
  message: string;
}

/** An SQLSTATE in front of a message (`log_error_verbosity = verbose`). */
const VERBOSE_STATE = /^(?=[A-Z]*\d)[0-9A-Z]{5}: /;

/** Names that look like a severity: three can stand in a prefix. */
const MAX_MARKS = 4;

/** A text of PostgreSQL's as it may be shown; undefined when the key is none of its keys. */
export function redactPostgresqlText(key: string, text: string, told: PostgresqlTexts): string | undefined {
  switch (key) {
    case 'message':
      return redactMessage(text, told);
    case 'detail':
    case 'detaillog':
    case 'detail_log':
      return redacted(told, bodyOf(told.message, told.severity), text).detail;
    case 'context':
      return redacted(told, '', '', text).context;
    case 'statement':
    case 'query':
    case 'internalquery':
      return maskLiterals(text);
    default:
      return undefined;
  }
}

/** A word behind which more is said about the message before. */
const SUPPLEMENT = /(STATEMENT|QUERY|DETAIL|HINT|CONTEXT): {2}/;

/**
 * Prefix and severity stay. A name in the prefix may look like a severity: as long as nothing was masked behind one,
 * what stands behind the next one is looked at, too.
 */
function redactMessage(text: string, told: PostgresqlTexts): string {
  const { severity } = told;
  if (severity === '') {
    return maskLiterals(text);
  }
  const mark = `${severity}:  `;
  const supplement = SUPPLEMENT.exec(text);
  const first = text.indexOf(mark);
  if (supplement !== null && (first < 0 || supplement.index < first)) {
    const start = supplement.index + supplement[0].length;
    return text.slice(0, start) + redactSupplement(supplement[1]!, text.slice(start), told);
  }
  let shown = '';
  let rest = text;
  for (let marks = 0; marks < MAX_MARKS; marks++) {
    const at = rest.indexOf(mark);
    const start = at < 0 ? 0 : at + mark.length;
    const body = rest.slice(start);
    const state = VERBOSE_STATE.exec(body)?.[0] ?? '';
    const message = state + redacted(told, body.slice(state.length)).message;
    if (at < 0 || message !== body || !body.includes(mark)) {
      return shown + rest.slice(0, start) + message;
    }
    shown += rest.slice(0, start);
    rest = body;
  }
  return shown + maskLiterals(rest);
}

/** What a record of its own says about the message before, which is not known. */
function redactSupplement(word: string, text: string, told: PostgresqlTexts): string {
  if (word === 'CONTEXT') {
    return redacted(told, '', '', text).context;
  }
  return word === 'DETAIL' && told.severity !== 'LOG' ? redacted(told, '', text).detail : maskLiterals(text);
}

/** The message without prefix and severity. */
function bodyOf(message: string, severity: string): string {
  const mark = `${severity}:  `;
  const at = message.indexOf(mark);
  return at < 0 ? message : message.slice(at + mark.length).replace(VERBOSE_STATE, '');
}

function redacted({ severity, sqlState }: PostgresqlTexts, message: string, detail = '', context = '') {
  return redactTexts({ severity, sqlState, message, detail, context, queries: [] });
}
