/** The seven fields before the extension, but for the version of the format. */
export interface CefHeader {
  vendor: string;
  product: string;
  version: string;
  /** The kind of event, for machines. */
  eventClass: string;
  name: string;
  /** 0 to 10. */
  severity: number;
}

/** Keys of ArcSight's extension dictionary with their values; absent and empty values are not written. */
export type CefExtension = Readonly<Record<string, string | number | undefined>>;

/**
 * Characters that a key takes, as the dictionary has it (Implementing ArcSight Common Event Format, extension
 * dictionary); custom strings may be longer there, but not every way to a SIEM takes long lines.
 */
const MAX_LENGTH: Readonly<Record<string, number>> = {
  app: 31,
  dvchost: 100,
  externalId: 40,
  deviceExternalId: 255,
  duser: 500,
  requestClientApplication: 500,
  cs6: 2000,
};
const DEFAULT_MAX_LENGTH = 1000;
const MAX_HEADER_LENGTH = 500;
const ELLIPSIS = '…';

/** Line ends of all kinds: CR LF, LF, CR, vertical tab, form feed, NEL, line and paragraph separators. */
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;
/** Controls, and what hides or reorders text. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/** One event in Common Event Format 0, without the line's end. Nothing in a value can end the value, or the line. */
export function toCefLine(header: CefHeader, extension: CefExtension): string {
  const { vendor, product, version, eventClass, name, severity } = header;
  const fields = [vendor, product, version, eventClass, name, String(severity)].map(headerField);
  const pairs = Object.entries(extension).flatMap(([key, value]) => {
    const text = extensionValue(key, value);
    return text === '' ? [] : [`${key}=${text}`];
  });
  return `CEF:0|${fields.join('|')}|${pairs.join(' ')}`;
}

/** In the header a line cannot end at all, and `|` separates. */
function headerField(text: string): string {
  return cut(visible(text.replace(LINE_END, ' ')), MAX_HEADER_LENGTH).replace(/[\\|]/g, '\\$&');
}

/** Blanks around a value are lost to readers, so none are written. */
function extensionValue(key: string, value: string | number | undefined): string {
  const lines = String(value ?? '')
    .split(LINE_END)
    .map(visible)
    .join('\n');
  return cut(lines.trim(), MAX_LENGTH[key] ?? DEFAULT_MAX_LENGTH)
    .replace(/[\\=]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

function visible(text: string): string {
  return text.toWellFormed().replaceAll('\t', ' ').replace(INVISIBLE, '\ufffd');
}

/** Never between the halves of a surrogate pair. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) {
    return text;
  }
  const end = maxLength - ELLIPSIS.length;
  return (
    text
      .slice(0, end)
      .toWellFormed()
      .replace(/\ufffd$/, '')
      .trimEnd() + ELLIPSIS
  );
}
