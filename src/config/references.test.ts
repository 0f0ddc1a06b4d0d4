// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a reference is written so.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../lib/user-error.ts';
import { resolveReferences } from './references.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vedette-'));
  writeFileSync(join(directory, 'secret'), 'from a file\n');
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const resolved = (value: unknown) =>
  resolveReferences(value, {
    file: 'v.yaml',
    directory,
    environment: { NAME: 'from ${env:OTHER} $& outside', EMPTY: '' },
  });

describe('resolves', () => {
  it.each([
    ['variables', 'a ${env:EMPTY}b', 'a b'],
    ['files beside the configuration, without the last line break', '${file:secret}!', 'from a file!'],
    ['several in one text', '${file:secret},${env:EMPTY},${file:secret}', 'from a file,,from a file'],
    ['no further in what they name', '${env:NAME}', 'from ${env:OTHER} $& outside'],
    ['nothing else', '%m [%p] $1 {x} $ {env:NAME}', '%m [%p] $1 {x} $ {env:NAME}'],
  ])('%s', (_, text, expected) => {
    expect(resolved(text)).toBe(expected);
  });

  it('texts at any depth, leaving keys and other values alone', () => {
    const value = { '${env:NAME}': [{ a: '${file:secret}' }, 1, null, true] };

    expect(resolved(value)).toEqual({ '${env:NAME}': [{ a: 'from a file' }, 1, null, true] });
  });
});

describe('refuses', () => {
  it.each(['${env:MISSING}', '${env:toString}', '${env:}', '${file:none}', '${file:.}', '${NAME}', '${}'])(
    '%s',
    (text) => {
      expect(() => resolved({ store: { url: text } })).toThrow(UserError);
      expect(() => resolved({ store: { url: text } })).toThrow('v.yaml: store.url ');
    },
  );
});
