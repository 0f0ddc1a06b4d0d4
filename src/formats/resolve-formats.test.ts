import { describe, expect, it } from 'vitest';
import { UserError } from '../lib/user-error.ts';
import { ActivityClass } from '../model/activity.ts';
import { resourceNamed } from '../model/resource-id.ts';
import { azureRecord } from '../parsers/azure/testkit.ts';
import { parsers } from '../parsers/index.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import { statement } from '../sessions/testkit.ts';
import { RECOMMENDED_PREFIX } from './gaps.ts';
import { resolveFormats } from './resolve-formats.ts';
import { STATEMENTS, temporaryFiles, textLog } from './testkit.ts';

const GROUP = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/shop/providers';
const orders = resourceNamed(`${GROUP}/Microsoft.DBforPostgreSQL/servers/orders`)!;
const carts = `${GROUP}/Microsoft.DocumentDB/databaseAccounts/carts`;
const detectors = [
  { id: 'brute-force', watches: ActivityClass.authentication },
  { id: 'sql-injection', watches: ActivityClass.statement },
];

/** Resolves one log of a PostgreSQL server, or one stream. */
async function resolve(source: SourcePlan, isStream = false) {
  const streams = { sources: isStream ? [source] : [], settings: {} };
  const resources = isStream ? [] : [{ resource: orders, sources: [source], settings: {} }];
  const resolved = await resolveFormats({ resources, streams }, { parsers, detectors });
  return { sources: isStream ? resolved.streams.sources : resolved.resources[0]!.sources, notes: resolved.notes };
}

describe('resolves', () => {
  it('a format and a prefix, and says so', async () => {
    const files = temporaryFiles({ 'a.log': textLog('TIME [7] alice@orders 10.0.0.5 psql ') });
    const { sources, notes } = await resolve({ format: 'auto', files, timezone: 'Europe/Berlin' });

    expect(sources).toEqual([
      { format: 'stderr', files, timezone: 'Europe/Berlin', logLinePrefix: '%m [%p] %q%u@%d %h %a ' },
    ]);
    expect(notes[0]).toBe(`orders: ${files[0]} is read as stderr with log_line_prefix '%m [%p] %q%u@%d %h %a '`);
  });

  it('the prefix of a format that is named', async () => {
    const files = temporaryFiles({ 'a.log': textLog('TIME [7] alice@orders ') });

    expect((await resolve({ format: 'stderr', files })).sources).toMatchObject([{ logLinePrefix: '%m [%p] %q%u@%d ' }]);
  });

  it.each([
    ['a format without a prefix', { format: 'csvlog' }, statement()],
    ['a prefix that is given', { format: 'stderr', logLinePrefix: '%m [%p] ' }, textLog('TIME 7 ')],
    ['a default that fits', { format: 'stderr' }, textLog('TIME [7] ')],
  ])('nothing, silently, of %s', async (_, source, content) => {
    const files = temporaryFiles({ 'a.log': content });

    expect(await resolve({ ...source, files })).toEqual({ sources: [{ ...source, files }], notes: [] });
  });

  it('a log whose prefix changed into two, in which empty and odd files stay where they were', async () => {
    const files = temporaryFiles({
      'a.log': '',
      'b.log': textLog('TIME [7] '),
      'c.log': 'nothing that is known\n',
      'd.log': textLog('TIME [7] alice@orders ', undefined, 100),
      'e.log': '',
    });
    const { sources, notes } = await resolve({ format: 'auto', files });

    expect(sources).toEqual([
      { format: 'stderr', files: files.slice(0, 3) },
      { format: 'stderr', files: files.slice(3), logLinePrefix: '%m [%p] %q%u@%d ' },
    ]);
    expect(notes.filter((note) => note.includes('read as'))).toEqual([
      `orders: ${files[0]} and 2 more are read as stderr with log_line_prefix '%m [%p] '`,
      `orders: ${files[3]} and 1 more are read as stderr with log_line_prefix '%m [%p] %q%u@%d '`,
    ]);
  });

  it('a stream', async () => {
    const files = temporaryFiles({ 'a.json': azureRecord({}, { resourceId: carts }) });

    expect((await resolve({ format: 'auto', files }, true)).sources).toEqual([{ format: 'azure', files }]);
  });

  it('many files by looking at some', async () => {
    const content = textLog('TIME [7] ');
    const files = temporaryFiles(
      Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${1000 + i}.log`, content])),
    );

    expect((await resolve({ format: 'auto', files })).sources).toEqual([{ format: 'stderr', files }]);
  });

  it('empty files without a word', async () => {
    const files = temporaryFiles({ 'a.log': '' });
    const { sources, notes } = await resolve({ format: 'auto', files });

    expect(sources).toMatchObject([{ files }]);
    expect(notes).toEqual([]);
  });
});

describe('tells', () => {
  it('what detectors miss, and what to set', async () => {
    const files = temporaryFiles({ 'a.log': textLog('TIME [7] alice@orders ', STATEMENTS) });
    const { notes } = await resolve({ format: 'auto', files });

    expect(notes.slice(1)).toEqual([
      `orders: no %h in log_line_prefix: the location of clients cannot be judged; set log_line_prefix = '${RECOMMENDED_PREFIX}'`,
      `orders: no %a in log_line_prefix: what applications usually do cannot be told apart; set log_line_prefix = '${RECOMMENDED_PREFIX}'`,
      `orders: no %e in log_line_prefix: errors are told by their English texts only; set log_line_prefix = '${RECOMMENDED_PREFIX}'`,
      'orders: no logins in its beginning, which brute-force watches; switch log_connections on',
    ]);
  });

  it('that a log is likely not what it is said to be', async () => {
    const files = temporaryFiles({ 'a.log': 'hello\n'.repeat(100) });
    const { sources, notes } = await resolve({ format: 'stderr', files });

    expect(sources).toEqual([{ format: 'stderr', files }]);
    expect(notes).toContain(
      'orders: only 0 % of its beginning is understood: look whether format and prefix are right',
    );
  });
});

it('refuses a log of no format, naming the file and what to do', async () => {
  const [file] = temporaryFiles({ 'a.log': 'hello\n' });

  await expect(resolve({ format: 'auto', files: [file!] })).rejects.toThrow(UserError);
  await expect(resolve({ format: 'auto', files: [file!] })).rejects.toThrow(
    `orders: "${file}" is of no format that is known; name its format, one of azure, `,
  );
});
