import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../lib/user-error.ts';
import { pathText } from './path-text.ts';

/** `${env:NAME}`, `${file:PATH}`, and whatever else looks like one. */
const REFERENCE = /\$\{([^{}]*)\}/g;

/** How a reference is written, for messages. */
export const REFERENCE_FORMS = `\${env:NAME} or \${file:PATH}`;

/** Where references are looked up, and how messages name the configuration. */
export interface ReferenceContext {
  /** The configuration file, as the user named it. */
  file: string;
  /** Relative paths start here. */
  directory: string;
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * A copy of the document with every reference in every text replaced by what it names.
 * A file gives its content without the line break at its end.
 */
export function resolveReferences(
  value: unknown,
  context: ReferenceContext,
  path: readonly PropertyKey[] = [],
): unknown {
  if (typeof value === 'string') {
    return value.replace(REFERENCE, (text, inner: string) => lookUp(text, inner, context, path));
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => resolveReferences(item, context, [...path, index]));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [key, resolveReferences(item, context, [...path, key])]));
}

/** What stands literally in the text. */
export function withoutReferences(text: string): string {
  return text.replace(REFERENCE, '');
}

function lookUp(text: string, inner: string, context: ReferenceContext, path: readonly PropertyKey[]): string {
  const where = `${context.file}: ${pathText(path)}`;
  const [, kind, name] = /^(env|file):(.+)$/.exec(inner) ?? [];
  if (kind === undefined || name === undefined) {
    throw new UserError(`${where} has the reference ${text}; write ${REFERENCE_FORMS}`);
  }
  return kind === 'env' ? variable(name, where, context) : fileContent(name, where, context);
}

function variable(name: string, where: string, context: ReferenceContext): string {
  const value = Object.hasOwn(context.environment, name) ? context.environment[name] : undefined;
  if (value === undefined) {
    throw new UserError(`${where} needs the environment variable ${name}, which is not set; set it before starting`);
  }
  return value;
}

function fileContent(name: string, where: string, context: ReferenceContext): string {
  const path = resolve(context.directory, name);
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UserError(
      `${where} needs the file ${path}, which cannot be read (${reason}); create it or mend the path`,
    );
  }
}
