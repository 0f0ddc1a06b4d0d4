import { readFileSync } from 'node:fs';
import Mustache from 'mustache';

/** Templates are made by `npm run build:mail`; the folder lies as deep from `dist` as it does from `src`. */
const FOLDER = new URL('../../../build/mail/', import.meta.url);

const templates = new Map<string, string>();

/** Fills a template in; every value is escaped for HTML. */
export function render(template: 'alert' | 'summary', view: object): string {
  const known = templates.get(template) ?? readFileSync(new URL(`${template}.html`, FOLDER), 'utf8');
  templates.set(template, known);
  return Mustache.render(known, view);
}
