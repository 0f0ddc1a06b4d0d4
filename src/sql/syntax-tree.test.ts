import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { parseStatements } from './syntax-tree.ts';

/** Parses, and waits for what V8 may do beside. */
const PARSE = `
  const { parseStatements } = await import(${JSON.stringify(new URL('syntax-tree.ts', import.meta.url).href)});
  for (let i = 0; i < 2000; i++) {
    parseStatements(\`SELECT a, b FROM t WHERE c = \${i} AND d IN (SELECT x FROM y)\`);
  }
  setTimeout(() => console.log(process.resourceUsage().maxRSS), 2000);
`;

it('needs no more memory for a parser that is in use', { timeout: 30_000 }, () => {
  const kilobytes = Number(execFileSync(process.execPath, ['--input-type=module', '-e', PARSE], { encoding: 'utf8' }));

  expect(kilobytes).toBeGreaterThan(0);
  expect(kilobytes).toBeLessThan(300_000);
});

it('understands what PostgreSQL does', () => {
  expect(parseStatements('SELECT 1; DELETE FROM t')?.map(({ type }) => type)).toEqual(['SelectStmt', 'DeleteStmt']);
  expect(parseStatements('SELEKT 1')).toBeUndefined();
});
