import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recognize } from '../formats/recognize.ts';
import { parsers } from '../parsers/index.ts';
import type { Parser } from '../parsers/parser.ts';
import { readAll } from '../parsers/testkit.ts';

const logOf = (name: string) => readFileSync(new URL(`../postgres/languages/samples/${name}`, import.meta.url), 'utf8');
const parserOf = (id: string) => parsers.find((parser) => parser.id === id)!;
const PREFIX = '%m [%p] %c %l %e %q%h %u@%d %a ';
const FORMATS = { log: 'stderr', csv: 'csvlog', jsonl: 'jsonlog' } as const;
const ENDINGS = Object.keys(FORMATS) as (keyof typeof FORMATS)[];

/** What a log tells, in no order: session ids and times are those of each server. */
async function told(parser: Parser, log: string, sizes?: readonly number[]): Promise<string[]> {
  const records = await readAll(parser, log, { logLinePrefix: PREFIX, ...(sizes && { sizes }) });
  expect(records.filter(({ step }) => step === 'rejected')).toEqual([]);
  return records
    .filter(({ step }) => step === 'activity')
    .map((r) =>
      [r.class, r.principal, r.database, r.address, r.application, r.failure, r.status, r.statement].join('|'),
    )
    .sort();
}

async function recognized(log: string) {
  const bytes = Buffer.from(log);
  return recognize(
    { path: '', bytes, isWhole: true, modified: 0 },
    { parsers: ENDINGS.map((end) => parserOf(FORMATS[end])) },
  );
}

describe.each(ENDINGS)('a session, as .%s', (ending) => {
  const parser = parserOf(FORMATS[ending]);
  const languages = ['german', 'french', 'japanese', 'russian'].filter((name) =>
    ending === 'log'
      ? name !== 'japanese'
      : ending === 'csv'
        ? name !== 'russian'
        : name !== 'russian' && name !== 'japanese',
  );

  it.each(languages)('tells in %s what it tells in English', async (language) => {
    const english = await told(parser, logOf(`english.${ending}`));
    const log = logOf(`${language}.${ending}`);

    expect(english.length).toBeGreaterThan(60);
    expect(await told(parser, log)).toEqual(english);
    expect(await told(parser, log, [1, 300, 17])).toEqual(english);
  });

  it.each(languages)('is recognized in %s', async (language) => {
    const { parser: found, logLinePrefix, sample } = (await recognized(logOf(`${language}.${ending}`)))!;

    expect({ id: found.id, language: sample.language?.toLowerCase() }).toEqual({ id: parser.id, language });
    expect(logLinePrefix).toBe(ending === 'log' ? PREFIX : undefined);
  });
});

it('is understood in a container', async () => {
  const inContainer = (log: string) =>
    log.replace(/^/gm, '2026-11-21T10:00:00.123456789Z stderr F ').replace(/\n.*$/, '\n');

  expect(await told(parserOf('stderr'), inContainer(logOf('french.log')))).toEqual(
    await told(parserOf('stderr'), logOf('english.log')),
  );
});

it('hides in German what it hides in English', async () => {
  const csvlog = parserOf('csvlog');
  const records = await readAll(csvlog, logOf('german.csv'));
  const shown = records.map(({ text }) => csvlog.redact(Buffer.from(text))).join('\n');

  expect(shown).toContain('insert into t values');
  expect(shown).not.toContain('geheim');
});

it('lets nobody who writes English into a name switch it off', async () => {
  const log = logOf('german.csv');
  const forged = log
    .replace(/"shop api"/g, '"LOG:  connection received: host=1 port=2"')
    .replaceAll('=shop api"', '=LOG:  connection received: host=1 port=2"');

  expect((await told(parserOf('csvlog'), forged)).length).toBe((await told(parserOf('csvlog'), log)).length);
});

const record = (severity: string, message: string, state = '00000') =>
  `2026-11-29 13:27:20.001 UTC,"app","shop",7,"192.0.2.7:4711",6b0c2837.7,1,"",2026-11-29 13:27:19 UTC,3/9,0,${severity},${state},"${message}",,,,,,,,,"psql","client backend",,0\n`;

it('is understood where a server says half of it in English', async () => {
  const log =
    record('DZIENNIK', 'odebrano połączenie: host=192.0.2.7 port=4711') +
    record('DZIENNIK', 'connection authenticated: identity=""app"" method=md5 (/x/pg_hba.conf:1)') +
    record('DZIENNIK', 'connection authenticated: identity=""app"" method=md5 (/x/pg_hba.conf:1)') +
    record('KATASTROFALNY', 'autoryzacja hasłem nie powiodła się dla użytkownika ""app""', '28P01');

  expect((await told(parserOf('csvlog'), log)).map((text) => text.split('|')[0])).toEqual([
    'authenticationFailure',
    'connection',
    'credentialAccepted',
    'credentialAccepted',
  ]);
});

it('says of a language that is not known that it is not', async () => {
  const czech = record('LOG', 'spojení přijato: host=192.0.2.7 port=4711') + record('CHYBA', 'neexistuje');
  const { sample } = (await recognized(czech))!;

  expect(sample.language).toBe('unknown');
  const { window } = parserOf('csvlog').open({});
  await window.refill((bytes, at) => Buffer.from(czech).copy(bytes, at));
  expect(window.feed?.takeNotes()).toEqual([expect.stringMatching(/set lc_messages = 'C'$/)]);
  expect(window.feed?.takeNotes()).toEqual([]);
});
