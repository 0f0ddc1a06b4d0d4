import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { UserError } from '../lib/user-error.ts';
import { formatOf, type ReplayOptions, replayCommand, requireSpan } from './replay-options.ts';

function options(...args: string[]): ReplayOptions {
  const command = replayCommand()
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  return command.parse(args, { from: 'user' }).opts<ReplayOptions>();
}

describe('reads', () => {
  it('the configuration alone, with as many workers as there are cores', () => {
    expect(options('-c', 'vedette.yaml')).toEqual({ config: 'vedette.yaml', workers: availableParallelism() });
  });

  it('everything', () => {
    const line =
      '-c v.yaml --from 2026-01-01 --to 2026-02-01T00:00+01:00 --out a.json --format table --workers 3 --alert abc --compare o.yaml';

    expect(options(...line.split(' '))).toEqual({
      config: 'v.yaml',
      from: Date.UTC(2026, 0, 1),
      to: Date.UTC(2026, 0, 31, 23),
      out: 'a.json',
      format: 'table',
      workers: 3,
      alert: 'abc',
      compare: 'o.yaml',
    });
  });
});

describe('refuses', () => {
  it.each([
    ['no configuration', []],
    ['an unknown option', ['-c', 'v.yaml', '--form', 'json']],
    ['an unknown format', ['-c', 'v.yaml', '--format', 'xml']],
    ['a word too many', ['-c', 'v.yaml', 'orders']],
    ['a time that is none', ['-c', 'v.yaml', '--to', 'now']],
    ['no workers', ['-c', 'v.yaml', '--workers', '0']],
    ['too many workers', ['-c', 'v.yaml', '--workers', '65']],
    ['half a worker', ['-c', 'v.yaml', '--workers', '1.5']],
  ])('%s', (_, args) => {
    expect(() => options(...args)).toThrow();
  });

  it.each([
    [0, 0],
    [1, 0],
  ])('a span from %i to %i', (from, to) => {
    expect(() => requireSpan({ config: 'v.yaml', workers: 1, from, to })).toThrow(UserError);
  });
});

describe('the span', () => {
  it.each([{}, { from: 5 }, { to: 5 }, { from: 4, to: 5 }])('%j is fine', (span) => {
    expect(() => requireSpan({ config: 'v.yaml', workers: 1, ...span })).not.toThrow();
  });
});

describe('the format', () => {
  it.each([
    ['table', []],
    ['json', ['--format', 'json']],
    ['json', ['--out', 'alerts.json']],
    ['json', ['--out', 'alerts.JSONL']],
    ['json', ['--out', 'alerts.ndjson']],
    ['ocsf', ['--format', 'ocsf']],
    ['ocsf', ['--format', 'ocsf', '--out', 'alerts.json']],
    ['cef', ['--format', 'cef']],
    ['cef', ['--out', 'alerts.CEF']],
    ['table', ['--out', 'alerts.txt']],
    ['table', ['--out', 'cef']],
    ['table', ['--out', 'alerts.json', '--format', 'table']],
  ])('is %s for %j', (format, args) => {
    expect(formatOf(options('-c', 'v.yaml', ...args))).toBe(format);
  });
});
