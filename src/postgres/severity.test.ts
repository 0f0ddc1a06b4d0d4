import { describe, expect, it } from 'vitest';
import { behindVerboseState, createSeverityMark, hasSeverity, readSeverity, SEVERITY_WORDS } from './severity.ts';
import { logBytes } from './testkit.ts';

describe('readSeverity', () => {
  it.each(SEVERITY_WORDS)('reads %s and where the text behind it starts', (word) => {
    const { words, end } = logBytes(`${word}:  text`);
    const mark = createSeverityMark();

    expect(readSeverity(words, 0, end, mark)).toBe(word.length + 3);
    expect(mark.letter).toBe(word.charCodeAt(0));
    expect(mark.kind).toBe(
      ['DETAIL', 'HINT', 'QUERY', 'CONTEXT', 'STATEMENT', 'LOCATION', 'BACKTRACE'].includes(word)
        ? word.toLowerCase()
        : 'entry',
    );
  });

  it('finds one behind which a program left one space', () => {
    const { words, end } = logBytes('LOG: text');

    expect(readSeverity(words, 0, end, createSeverityMark())).toBe(5);
  });

  it.each(['LOG:text', 'LOG :  text', 'log:  text', 'FEHLER:  text', 'LOG:', '', 'DETAILS:  text', 'é'])(
    'finds none in %j, and leaves the mark alone',
    (text) => {
      const { words, end } = logBytes(text);
      const mark = createSeverityMark();

      expect(readSeverity(words, 0, end, mark)).toBe(-1);
      expect(mark).toEqual({ letter: 0, kind: 'entry' });
    },
  );
});

describe('hasSeverity', () => {
  it.each(SEVERITY_WORDS)('finds %s wherever it stands', (word) => {
    for (let before = 0; before < 20; before++) {
      const { words, end } = logBytes(`${': x'.repeat(7).slice(0, before)} ${word}:  text`);

      expect(hasSeverity(words, 0, end)).toBe(true);
      expect(hasSeverity(words, before + 2, end)).toBe(false);
      expect(hasSeverity(words, 0, end - 6)).toBe(false);
    }
  });

  it.each(['statement: SELECT 1', 'a:  b', 'log:  x', 'ERROR:x', 'FEHLER:  x', ':  ', '::::::::::', ''])(
    'finds none in %j',
    (text) => {
      const { words, end } = logBytes(text);

      expect([hasSeverity(words, 0, end), hasSeverity(words, 0, end, true)]).toEqual([false, false]);
    },
  );

  it('finds one with one space only where that is how the log is written', () => {
    const { words, end } = logBytes('text ERROR: text');

    expect([hasSeverity(words, 0, end), hasSeverity(words, 0, end, true)]).toEqual([false, true]);
  });
});

describe('behindVerboseState', () => {
  it.each([
    ['28P01: password', 7],
    ['00000: connection received', 7],
    ['XX000: odd', 7],
    ['AUDIT: SESSION,1', 0],
    ['2026: year', 0],
    ['28p01: lower', 0],
    ['28P01:password', 0],
    ['28P01', 0],
    ['', 0],
  ])('starts the text of %j at %i', (text, start) => {
    const { bytes, end } = logBytes(text);

    expect(behindVerboseState(bytes, 0, end)).toBe(start);
  });
});
