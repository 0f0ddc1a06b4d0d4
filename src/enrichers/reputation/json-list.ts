import { addressesIn } from '../../lib/stix-pattern.ts';
import { UserError } from '../../lib/user-error.ts';
import { findRoles, readAddressText } from './address-text.ts';
import { type ListSink, type ListText, noteOf } from './list-entry.ts';
import { confidenceOf, timeOf } from './stated-value.ts';
import { saysTor } from './tor-words.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a text is JSON rather than lines. */
export function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/**
 * Reads STIX 2.0 and 2.1: a bundle, a TAXII envelope, a list of objects or a lone indicator. Other JSON is read as
 * records of which one field is an address (Spamhaus's JSON lines, AbuseIPDB). Throws `UserError`.
 */
export function readJsonList({ label, text, isTor }: ListText, sink: ListSink): void {
  const items = itemsOf(text);
  if (items === undefined) {
    throw new UserError(`${label} is not valid JSON; fetch it again`);
  }
  for (const [position, item] of items.entries()) {
    const where = `object ${position + 1}`;
    if (typeof item === 'string') {
      readRecord({ ip: item }, isTor, where, sink);
    } else if (isObject(item) && item.type === 'indicator') {
      readIndicator(item, isTor, where, sink);
    } else if (isObject(item) && !isStixObject(item) && item.type !== 'metadata') {
      readRecord(item, isTor, where, sink);
    }
  }
}

/** The objects of a document, or of a file with one document a line. */
function itemsOf(text: string): readonly unknown[] | undefined {
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return itemsOfLines(text);
  }
}

function membersOf(document: unknown): readonly unknown[] {
  if (!isObject(document)) {
    return Array.isArray(document) ? document : [];
  }
  const list = document.objects ?? document.data;
  return Array.isArray(list) ? list : [document];
}

function itemsOfLines(text: string): readonly unknown[] | undefined {
  const items: unknown[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() !== '') {
      try {
        for (const item of membersOf(JSON.parse(line))) {
          items.push(item);
        }
      } catch {
        return undefined;
      }
    }
  }
  return items;
}

/** Objects of STIX other than indicators say nothing about the repute of an address, even where they name one. */
function isStixObject({ type, id }: JsonObject): boolean {
  return typeof type === 'string' && typeof id === 'string' && id.startsWith(`${type}--`);
}

/** An indicator that is revoked or benign says nothing; one whose pattern asks for more than an address is left out. */
function readIndicator(indicator: JsonObject, isTor: boolean, where: string, sink: ListSink): void {
  const types = [...texts(indicator.indicator_types), ...texts(indicator.labels)];
  if (indicator.revoked === true || types.includes('benign')) {
    return;
  }
  const { name, pattern, pattern_type: language = 'stix' } = indicator;
  const addresses = language === 'stix' && typeof pattern === 'string' ? addressesIn(pattern) : undefined;
  if (addresses === undefined) {
    sink.leaveOut(where);
    return;
  }
  const kinds = [...new Set(types)].join(', ');
  const title = typeof name === 'string' ? name : '';
  const about = {
    kind: isTor || saysTor(title) || types.some(saysTor) ? 'tor' : 'threat',
    ...noteOf(title === '' || kinds === '' ? title + kinds : `${title} (${kinds})`),
    ...confidenceOf(indicator.confidence),
    ...timeOf(indicator.valid_until),
  } as const;
  for (const address of addresses) {
    const prefix = readAddressText(address);
    if (prefix === undefined) {
      sink.leaveOut(where);
    } else {
      sink.add({ prefix, ...about });
    }
  }
}

function readRecord(record: JsonObject, isTor: boolean, where: string, sink: ListSink): void {
  const values = Object.values(record);
  const roles = findRoles(
    Object.keys(record),
    values.map((value) => (typeof value === 'string' && readAddressText(value) !== undefined ? 1 : 0)),
  );
  const address = values[roles.address];
  const prefix = typeof address === 'string' ? readAddressText(address) : undefined;
  if (prefix === undefined) {
    sink.leaveOut(where);
    return;
  }
  const said = values[roles.note];
  const note = typeof said === 'string' ? said : texts(said).join(', ');
  sink.add({
    prefix,
    kind: isTor || saysTor(note) ? 'tor' : 'threat',
    ...noteOf(note),
    ...confidenceOf(values[roles.confidence]),
    ...timeOf(values[roles.validUntil]),
  });
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
