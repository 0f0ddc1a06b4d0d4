import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { csvlog } from './csvlog/csvlog.ts';
import { jsonlog } from './jsonlog/jsonlog.ts';
import { stderr } from './stderr/stderr.ts';
import { readStatements } from './testkit.ts';

const SAMPLE = /^(?:default|postgresql)-\d+\.(?:csv|jsonl|log)$/;

it.each([csvlog, jsonlog, stderr])('$id: the same bytes tell the same statement', async (parser) => {
  const folder = new URL(`${parser.id}/samples/`, import.meta.url);
  const told = new Map<string, string>();
  let repeated = 0;
  for (const name of readdirSync(folder).filter((file) => SAMPLE.test(file))) {
    for (const { recorded, statement } of await readStatements(parser, readFileSync(new URL(name, folder)))) {
      expect(statement).not.toBe('');
      repeated += told.has(recorded!) ? 1 : 0;
      expect(told.get(recorded!) ?? statement).toBe(statement);
      told.set(recorded!, statement);
    }
  }
  expect(told.has(undefined as never)).toBe(false);
  expect(repeated).toBeGreaterThan(0);
});
