import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../src/model/alert.ts';
import { evidenceOf } from './evidence-of.ts';
import { parseAlerts, ROOT, replayAlerts, replayJson, runVedette, writeConfig } from './run-vedette.ts';
import { unpackedLog } from './unpacked-log.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const LOGS = join(ROOT, 'examples/quickstart/logs');
const ORDERS = join(LOGS, 'postgresql-*.csv*');
/** Alerts of the server `orders` in the quickstart at least, the incident among them. */
const MIN_ALERTS = 5;
/** Between the last of them and the others. */
const NOON = '2026-11-17T12:00:00.000Z';

const NEWLINE = 0x0a;
const QUOTE = 0x22;

let folder: string;
/** The csv log of `orders`, all days in one file: its bytes, its path, a configuration of it, what its replay prints. */
let whole: Buffer;
let wholeFile: string;
let wholeConfig: string;
let wholeJson: string;
/** When the last of its alerts starts. */
let lastStart: string;
let alertCount: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-'));
  whole = Buffer.concat(globSync(ORDERS).sort().map(unpackedLog));
  wholeFile = save('whole.csv', whole);
  wholeConfig = writeConfig(join(folder, 'whole.yaml'), { orders: [wholeFile, 'csvlog'] });
  wholeJson = await replayJson(wholeConfig);
  const alerts = parseAlerts(wholeJson);
  alertCount = alerts.length;
  expect(alertCount).toBeGreaterThanOrEqual(MIN_ALERTS);
  lastStart = alerts[alertCount - 1].properties.startTimeUtc;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the same bytes come out', () => {
  let config: string;
  let once: string;
  beforeAll(async () => {
    config = writeConfig(join(folder, 'five.yaml'), {
      north: [ORDERS, 'csvlog'],
      east: [ORDERS, 'csvlog'],
      'catalog-a': [join(LOGS, 'shop-catalog-*'), 'azure'],
      south: [join(LOGS, 'postgresql-2026-11-1*.csv*'), 'csvlog'],
      'catalog-b': [join(LOGS, 'shop-catalog-*'), 'azure'],
    });
    once = await replayJson(config, '--workers', '1');
  });

  it('of alerts of every resource, sorted', () => {
    const alerts = parseAlerts(once);
    const keys = alerts.map(({ name, properties }) => `${properties.startTimeUtc} ${name}`);

    expect(new Set(alerts.map(({ properties }) => properties.compromisedEntity)).size).toBe(5);
    expect(keys).toEqual(keys.toSorted());
    expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
  });

  it.each(['1', '2', '4'])('for %s workers', async (workers) => {
    expect(await replayJson(config, '--workers', workers)).toBe(once);
  });

  it('whether what comes again is recognized or judged anew', async () => {
    const node = [process.execPath, '--import', join(ROOT, 'test/without-memos.ts')];
    const { stdout } = await runVedette(['replay', '-c', config, '--format', 'json', '--workers', '1'], node);

    expect(stdout).toBe(once);
  });

  it.each([
    ['packed by gzip', 'packed.csv.gz', gzipSync],
    ['packed by zstd', 'packed.csv.zst', zstdCompressSync],
    ['in two gzip members', 'members.csv.gz', inMembers],
  ])('%s as in one plain file', async (_, name, pack) => {
    const packed = save(name, pack(whole));
    const fromPacked = await replayJson(writeConfig(join(folder, 'packed.yaml'), { orders: [packed, 'csvlog'] }));

    expect(fromPacked.replaceAll(packed, wholeFile)).toBe(wholeJson);
  });
});

describe('rotated files', () => {
  it('give the same alerts as one file, whatever their names, and lead to the same lines', async () => {
    const pieces = inPieces(whole, 7);
    mkdirSync(join(folder, 'rotated'));
    // As logrotate names them: the newest is the shortest, so names and times disagree.
    for (const [i, piece] of pieces.entries()) {
      const age = pieces.length - 1 - i;
      save(`rotated/postgresql.csv${age === 0 ? '' : `.${age}`}`, piece);
    }
    const rotated = join(folder, 'rotated/postgresql.csv*');
    const fromOne = parseAlerts(wholeJson);
    const fromMany = await replayAlerts(writeConfig(join(folder, 'many.yaml'), { orders: [rotated, 'csvlog'] }));

    expect(pieces).toHaveLength(7);
    expect(fromMany.map(withoutPlaces)).toEqual(fromOne.map(withoutPlaces));
    expect(lineStarts(fromMany)).toEqual(lineStarts(fromOne));
  });
});

describe('--to', () => {
  it('ends reading: as if the log had ended there', async () => {
    const path = save('until.csv', whole);
    const config = writeConfig(join(folder, 'until.yaml'), { orders: [path, 'csvlog'] });
    const stopped = await replayJson(config, '--to', NOON);
    save('until.csv', whole.subarray(0, whole.indexOf(`\n${NOON.slice(0, 10)} 12:`) + 1));
    const ended = await replayJson(config);

    expect(stopped).toBe(ended);
    expect(parseAlerts(stopped).length).toBeGreaterThan(0);
    expect(parseAlerts(stopped).length).toBeLessThan(alertCount);
  });

  it('is the first moment that is not read', async () => {
    const starts = async (to: string) =>
      (await replayAlerts(wholeConfig, '--to', to)).map(({ properties }) => properties.startTimeUtc);

    const login = parseAlerts(wholeJson).findLast(({ properties }) => properties.alertType.includes('GeoAnomaly'))!;
    const { startTimeUtc } = login.properties;

    expect(await starts(startTimeUtc)).not.toContain(startTimeUtc);
    expect(await starts(momentAfter(startTimeUtc))).toContain(startTimeUtc);
  });
});

describe('--from', () => {
  it('limits what is printed; what came before was learned', async () => {
    const late = await replayJson(wholeConfig, '--from', NOON);
    const startsLater = (line: string) => line === '' || parseAlerts(line)[0].properties.startTimeUtc >= NOON;

    expect(late).toBe(wholeJson.split('\n').filter(startsLater).join('\n'));
    expect(parseAlerts(late).length).toBeGreaterThan(0);
  });

  it('differs from a log that begins there: nothing is known, so nothing is unusual', async () => {
    const path = save('since.csv', whole.subarray(whole.indexOf(`\n${NOON.slice(0, 10)} 12:`) + 1));

    const alerts = await replayAlerts(writeConfig(join(folder, 'since.yaml'), { orders: [path, 'csvlog'] }));
    expect(alerts.filter(({ properties }) => properties.severity !== 'Informational')).toEqual([]);
  });

  it('prints an alert that starts right then', async () => {
    expect((await replayAlerts(wholeConfig, '--from', lastStart)).length).toBeGreaterThan(0);
    expect(await replayAlerts(wholeConfig, '--from', momentAfter(lastStart))).toEqual([]);
  });
});

/** Writes a file of the test's folder and gives its path. */
function save(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** The next moment that an option can name. */
function momentAfter(time: string): string {
  return new Date(Date.parse(time) + 1).toISOString();
}

/** As `cat a.gz b.gz` makes them; the second begins within a record. */
function inMembers(bytes: Buffer): Buffer {
  const middle = Math.floor(bytes.length / 2);
  return Buffer.concat([gzipSync(bytes.subarray(0, middle)), gzipSync(bytes.subarray(middle))]);
}

/** About equal pieces, each of whole records: the server rotates its log between two. */
function inPieces(log: Buffer, count: number): Buffer[] {
  const pieces: Buffer[] = [];
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i < log.length; i++) {
    isQuoted = log[i] === QUOTE ? !isQuoted : isQuoted;
    const isLong = i + 1 - start >= log.length / count || i + 1 === log.length;
    if (isLong && !isQuoted && log[i] === NEWLINE) {
      pieces.push(log.subarray(start, i + 1));
      start = i + 1;
    }
  }
  return pieces;
}

/** The alert without where its raw lines stand. */
function withoutPlaces(alert: Alert): unknown {
  const evidence = evidenceOf(alert);
  const rawLines = evidence.rawLines.map(({ text }) => text);
  return { ...alert, properties: { ...alert.properties, supportingEvidence: { ...evidence, rawLines } } };
}

/** What the files hold where the raw lines of the alerts are said to stand. */
function lineStarts(alerts: readonly Alert[]): string[] {
  const lines = alerts.flatMap((alert) => evidenceOf(alert).rawLines);
  return lines.map(({ source, byteOffset }) => unpackedLog(source).toString('utf8', byteOffset, byteOffset + 60));
}
