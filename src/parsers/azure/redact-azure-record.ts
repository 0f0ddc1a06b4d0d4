/** The name of a document is the customer's data; its path is not. */
const DOCUMENT = /((?:\\?\/)docs\\?\/)[^"]+/g;
/** Members that hold a credential, were one ever to appear in a diagnostic record. */
const SECRET = /("(?:[^"]*(?:key|token|secret|password|signature|connectionstring))"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;
/** The same, but only saying what kind of credential was used. */
const HARMLESS = new Set(['keytype', 'authtokentype', 'resourcetokenpermissionmode']);

/** A diagnostic record as it may be shown: document ids masked, credentials destroyed. */
export function redactAzureRecord(record: Uint8Array): string {
  return new TextDecoder()
    .decode(record)
    .replace(DOCUMENT, '$1?')
    .replace(SECRET, (whole: string, key: string) => (HARMLESS.has(nameOf(key)) ? whole : `${key}"?"`));
}

function nameOf(key: string): string {
  return key.slice(1, key.lastIndexOf('"')).toLowerCase();
}
