import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellWord, sqlIdentifier, sqlLiteral } from './quote.ts';

describe('sqlLiteral', () => {
  it('doubles quotes', () => {
    expect(sqlLiteral(`o'brien'; DROP TABLE users; --`)).toBe(`'o''brien''; DROP TABLE users; --'`);
  });
});

describe('sqlIdentifier', () => {
  it('doubles double quotes', () => {
    expect(sqlIdentifier('a"b')).toBe('"a""b"');
  });
});

describe('shellWord', () => {
  it('leaves a harmless word as it is', () => {
    expect(shellWord('/var/log/a-b_c.csv:1')).toBe('/var/log/a-b_c.csv:1');
  });

  it('is one word to a shell, whatever it holds', () => {
    const part = fc.constantFrom("'", '"', '$(id)', '`id`', '\\', ' ', ';', '*', '~', '#', '!', 'a', 'é', '-n');
    const words = fc.sample(fc.string({ unit: part, maxLength: 12 }), { numRuns: 300, seed: 7 });
    const script = `for w in ${words.map(shellWord).join(' ')}; do printf '%s\\0' "$w"; done`;
    const seen = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
    expect(seen).toEqual(words);
  });
});

describe.each([
  ['sqlLiteral', sqlLiteral],
  ['sqlIdentifier', sqlIdentifier],
  ['shellWord', shellWord],
])('%s', (_, quote) => {
  it.each(['\n', '\r', '\u001b[2K', '\u202e', '\u2028', '\u200b', '\0'])('lets no %j into a command', (character) => {
    const quoted = quote(`a${character}b`);
    expect(quoted).not.toContain(character[0]);
    expect(quoted).toContain('\ufffd');
  });
});
