import type { z } from 'zod';
import { pathText, valueAt } from './path-text.ts';
import { keysAt } from './schema-tree.ts';
import { suggestion } from './suggestion.ts';

/** Characters of a wrong value that a message repeats. */
const MAX_SHOWN = 60;

/** The words of people for the types of zod. */
const TYPE_WORDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/**
 * One sentence about the mistake that is likeliest the cause of the others: an unknown key before all
 * (`formt` also makes `format` missing). `written` is the document before references are resolved,
 * so that no secret is repeated.
 */
export function configProblem(issues: readonly z.core.$ZodIssue[], written: unknown, schema: z.core.$ZodType): string {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue.code === 'unrecognized_keys') {
    return unknownKey(issue.path, issue.keys[0], schema);
  }
  const path = pathText(issue.path) || 'the whole';
  const value = valueAt(written, issue.path);
  return value === undefined ? `${path} is missing` : `${path} ${mistake(issue, value)}`;
}

function unknownKey(path: readonly PropertyKey[], key: string, schema: z.core.$ZodType): string {
  const noun = path.at(-1) === 'detectors' ? 'a detector' : 'a setting';
  return `${pathText([...path, key])} is not ${noun}${suggestion(key, keysAt(schema, path))}`;
}

function mistake(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, value);
    case 'invalid_value':
      return `is ${shown(value)}${suggestion(String(value), issue.values.map(String))}`;
    case 'too_small':
      return `must ${bound(issue.origin, 'at least', issue.minimum, issue.inclusive ?? true)}`;
    case 'too_big':
      return `must ${bound(issue.origin, 'at most', issue.maximum, issue.inclusive ?? true)}`;
    default:
      return typeof value === 'string' ? `${shown(value)} ${issue.message}` : issue.message;
  }
}

function wrongType(expected: string, value: unknown): string {
  const wanted = TYPE_WORDS[expected] ?? expected;
  if (value === null) {
    return `is empty; give it ${wanted} or remove it`;
  }
  const hint = expected === 'string' && typeof value !== 'object' ? '; put it in quotes' : '';
  return `must be ${wanted}, not ${shown(value)}${hint}`;
}

function bound(origin: string, relation: string, limit: number | bigint, inclusive: boolean): string {
  const word = inclusive ? relation : { 'at least': 'more than', 'at most': 'less than' }[relation];
  if (origin === 'array') {
    return `have ${word} ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  }
  return origin === 'string'
    ? `have ${word} ${limit} ${limit === 1 ? 'character' : 'characters'}`
    : `be ${word} ${limit}`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'object' && value !== null) {
    return 'a mapping';
  }
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
