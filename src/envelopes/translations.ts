import type { Interpreter } from '../postgres/languages/interpreter.ts';
import { type TextForm, wordsPattern } from './server-language.ts';

/** Says one record, perhaps of several lines, in English; as it is where nothing of it is known. */
export type Translate = (record: string) => string;

/** For records that are whole: of text, with the lines that go on with a message of several. */
export function createTranslate(form: TextForm, interpreter: Interpreter): Translate {
  return { text: translateText, csv: translateCsv, json: translateJson }[form](interpreter);
}

/** Whether a line of text may begin a message that is known and has further lines. */
export function mayGoOn({ words, mayGoOn: isBegun }: Interpreter): (line: string) => boolean {
  const anyWord = wordsOf(words);
  return (line) => {
    const found = anyWord.exec(line);
    return found !== null && isBegun(line.slice(found.index + found[0].length));
  };
}

/** In front of texts: those of the language, and those that are the same in English. */
function wordsOf(words: Interpreter['words']): RegExp {
  return wordsPattern([...words.keys(), 'LOG', 'FATAL', 'ERROR', 'DETAIL']);
}

/** `28P01: `, which verbose logs put in front of a message. */
const VERBOSE_STATE = /^[0-9A-Z]{5}: /;
/** The server puts a tab in front of the lines that go on with a message. */
const CONTINUED = /\n(?:\t|#011)/g;

function translateText({ words, unknown, message, detail }: Interpreter): Translate {
  const anyWord = wordsOf(words);
  return (record) => {
    const found = anyWord.exec(record);
    if (found === null) {
      return record;
    }
    const start = found.index + found[0].length;
    const state = VERBOSE_STATE.exec(record.slice(start, start + 7))?.[0] ?? '';
    const text = record.slice(start + state.length).replace(/\r$/, '');
    const plain = text.replace(CONTINUED, '\n');
    const english = (message(plain) ?? detail(plain))?.replaceAll('\n', '\n\t');
    const prefix = record.slice(0, found.index).replaceAll(unknown, '[unknown]');
    return `${prefix}${words.get(found[1]!) ?? found[1]!}:  ${state}${english ?? text}`;
  };
}

/** Columns of csvlog: postgresql.org/docs/current/runtime-config-logging.html (Using CSV-Format Log Output). */
const SEVERITY_COLUMN = 11;
const MESSAGE_COLUMN = 13;
const DETAIL_COLUMN = 14;

function translateCsv({ words, message, detail }: Interpreter): Translate {
  return (record) => {
    const [fields, rest] = firstFields(record);
    if (fields.length <= DETAIL_COLUMN) {
      return record;
    }
    const severity = fields[SEVERITY_COLUMN]!;
    fields[SEVERITY_COLUMN] = words.get(severity) ?? severity;
    fields[MESSAGE_COLUMN] = inQuotes(fields[MESSAGE_COLUMN]!, message);
    fields[DETAIL_COLUMN] = inQuotes(fields[DETAIL_COLUMN]!, detail);
    return fields.join(',') + rest;
  };
}

function inQuotes(field: string, say: (text: string) => string | undefined): string {
  const english = field.startsWith('"') ? say(field.slice(1, -1).replaceAll('""', '"')) : undefined;
  return english === undefined ? field : `"${english.replaceAll('"', '""')}"`;
}

/** The columns up to the detail as they stand, and what follows them. */
function firstFields(record: string): [fields: string[], rest: string] {
  const fields: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let p = 0; p < record.length && fields.length <= DETAIL_COLUMN; p++) {
    const char = record.charCodeAt(p);
    isQuoted = char === 0x22 ? !isQuoted : isQuoted;
    if (char === 0x2c && !isQuoted) {
      fields.push(record.slice(start, p));
      start = p + 1;
    }
  }
  return [fields, `,${record.slice(start)}`];
}

interface JsonRecord {
  record?: JsonRecord;
  error_severity?: unknown;
  message?: unknown;
  detail?: unknown;
}

/** A record of jsonlog, or of CloudNativePG, which has one within it. */
function translateJson({ words, message, detail }: Interpreter): Translate {
  const say = (member: unknown, inEnglish: Interpreter['message']) =>
    typeof member === 'string' ? (inEnglish(member) ?? member) : member;
  return (text) => {
    try {
      const line = JSON.parse(text) as JsonRecord;
      const record = typeof line.record === 'object' ? line.record : line;
      const { error_severity: severity } = record;
      const english = {
        error_severity: typeof severity === 'string' ? (words.get(severity) ?? severity) : severity,
        message: say(record.message, message),
        detail: say(record.detail, detail),
      };
      const isSame = Object.entries(english).every(([name, said]) => record[name as keyof JsonRecord] === said);
      return isSame
        ? text
        : JSON.stringify(Object.assign(record, defined(english)) === line ? line : { ...line, record });
    } catch {
      return text;
    }
  };
}

function defined(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
