import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { progressBar } from './progress-bar.ts';

/** What the bar writes to is only ever written to, so any stream that claims to be a terminal will do. */
function terminal(isTTY: boolean): PassThrough & WriteStream {
  return Object.assign(new PassThrough(), { isTTY, columns: 80 }) as unknown as PassThrough & WriteStream;
}

it('is not drawn where nobody looks', () => {
  expect(progressBar(terminal(false))).toBeUndefined();
});

it('shows the megabytes read on one line, and leaves Ctrl-C alone', () => {
  const stream = terminal(true);
  const listeners = process.listenerCount('SIGINT');
  const bar = progressBar(stream);
  bar?.onProgress(12_300_000_000, 24_600_000_000);
  expect(process.listenerCount('SIGINT')).toBe(listeners);
  bar?.stop();

  const text = stripVTControlCharacters(String(stream.read()));
  const lines = text.split('reading').slice(1);
  expect(text).toContain('50% | 12300 of 24600 MB | ');
  expect(Math.max(...lines.map((line) => `reading${line}`.length))).toBeLessThan(80);
});
