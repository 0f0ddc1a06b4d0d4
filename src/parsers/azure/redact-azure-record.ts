import { replaceJsonStrings } from '../../azure/json-strings.ts';
import { redactQuery } from '../../azure/redact-query.ts';
import { type PostgresqlTexts, redactPostgresqlText } from './redact-postgresql-text.ts';

/** The name of a document is the customer's data; its path is not. */
const DOCUMENT = /(\/docs\/)[\s\S]+/gi;
/** Members that hold a credential, were one ever to appear in a record, or a value of a document. */
const SECRET = /(?:key|token|secret|password|signature|credential|connectionstring|authorization)s?$/;
/** Parts of connection strings, signed addresses and headers, wherever they stand. */
const SECRET_PART = /\b((?:AccountKey|SharedAccessKey|Password|Pwd|sig)=)[^;&"\\\s]+/gi;
const BEARER = /\b(Bearer\s+)[\w.~+/=-]+/gi;
/** Members that say only what kind of credential was used. */
const HARMLESS = new Set(['keytype', 'authtokentype', 'resourcetokenpermissionmode', 'signature', 'shapesignature']);
/** What `AzureDiagnostics` puts behind the name of a column. */
const TYPE_SUFFIX = /_[sgdbt]$/;
/** Objects that were packed into strings, one in another. */
const MAX_DEPTH = 3;
/** Of a query's parameters, only the name. */
const SHOWN_OF_PARAMETER = 'name';

/** A record as it may be shown: statements without literals, ids of documents masked, credentials destroyed. */
export function redactAzureRecord(record: Uint8Array): string {
  return redactJson(new TextDecoder().decode(record), 0);
}

function redactJson(json: string, depth: number): string {
  const told: PostgresqlTexts = { severity: '', sqlState: '', message: '' };
  replaceJsonStrings(json, (key, text) => {
    noteText(told, withoutType(key), text);
    return text;
  });
  return replaceJsonStrings(json, (key, text) => redactValue(withoutType(key), text, told, depth));
}

function redactValue(key: string, text: string, told: PostgresqlTexts, depth: number): string {
  if (key === 'querytext') {
    return redactQueryText(text);
  }
  const ofPostgresql = redactPostgresqlText(key, text, told);
  if (ofPostgresql !== undefined) {
    return ofPostgresql;
  }
  if (text.startsWith('{') && text.includes('"')) {
    return depth < MAX_DEPTH ? redactJson(text, depth + 1) : '?';
  }
  if (SECRET.test(key) && !HARMLESS.has(key)) {
    return text === '' ? '' : '?';
  }
  return text.replace(DOCUMENT, '$1?').replace(SECRET_PART, '$1?').replace(BEARER, '$1?');
}

/** The SQL itself, or the request's body: `{"query":"SELECT …","parameters":[{"name":"@p","value":"…"}]}`. */
function redactQueryText(text: string): string {
  if (!text.startsWith('{')) {
    return redactQuery(text);
  }
  const shown = replaceJsonStrings(text, (key, value) =>
    key === 'query' ? redactQuery(value) : key === SHOWN_OF_PARAMETER || value === '' ? value : '?',
  );
  return shown.replace(/("value"\s*:\s*)(?:[^\s",}\]{[][^,}\]]*|[{[][\s\S]*)/g, '$1"?"');
}

function noteText(told: PostgresqlTexts, key: string, text: string): void {
  if (key === 'errorlevel' || key === 'error_severity') {
    told.severity = text;
  } else if (key === 'sqlerrcode' || key === 'sqlerrorcode' || key === 'sqlstate') {
    told.sqlState = text;
  } else if (key === 'message') {
    told.message = text;
  }
}

function withoutType(key: string): string {
  return key.replace(TYPE_SUFFIX, '');
}
