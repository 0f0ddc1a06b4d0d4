/** The name of a document is the customer's data; its path is not. Slashes may be escaped. */
const DOCUMENT = /(\/docs\\?\/)(?:[^"\\]|\\[\s\S])+/gi;
/** Members that hold a credential, were one ever to appear in a diagnostic record; the end may cut their value off. */
const SECRET =
  /("[^"]*(?:key|token|secret|password|signature|connectionstring)s?"\s*:\s*)"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)/gi;
/** Parts of connection strings and signed addresses, wherever they stand. */
const SECRET_PART = /\b((?:AccountKey|SharedAccessKey|Password|Pwd|sig)=)[^;&"\\\s]+/gi;
/** Members that say only what kind of credential was used. */
const HARMLESS = new Set(['keytype', 'authtokentype', 'resourcetokenpermissionmode']);

/** A diagnostic record as it may be shown: document ids masked, credentials destroyed. */
export function redactAzureRecord(record: Uint8Array): string {
  return new TextDecoder()
    .decode(record)
    .replace(DOCUMENT, '$1?')
    .replace(SECRET, (whole: string, key: string) => (HARMLESS.has(nameOf(key)) ? whole : `${key}"?"`))
    .replace(SECRET_PART, '$1?');
}

function nameOf(key: string): string {
  return key.slice(1, key.lastIndexOf('"')).toLowerCase();
}
