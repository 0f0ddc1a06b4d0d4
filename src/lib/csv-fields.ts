const QUOTE = 0x22;

/**
 * The fields of one CSV record (RFC 4180) as they stand, quotes and all. A quoted field that is cut off is the last one.
 *
 * @param separator one character
 */
export function splitCsvFields(record: string, separator = ','): string[] {
  const between = separator.charCodeAt(0);
  const fields: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < record.length; at++) {
    const code = record.charCodeAt(at);
    if (code === QUOTE) {
      isQuoted = !isQuoted;
    } else if (code === between && !isQuoted) {
      fields.push(record.slice(start, at));
      start = at + 1;
    }
  }
  fields.push(record.slice(start));
  return fields;
}

/** What a field says, whole or cut off. */
export function unquoteCsvField(raw: string): string {
  if (!raw.startsWith('"')) {
    return raw;
  }
  return raw.slice(1, raw.length > 1 && raw.endsWith('"') ? -1 : undefined).replaceAll('""', '"');
}

/** A text as a quoted field. */
export function quoteCsvField(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
