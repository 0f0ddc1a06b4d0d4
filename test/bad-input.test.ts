import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../src/model/alert.ts';
import {
  binary,
  drawing,
  GOOD,
  GOOD_RECORDS,
  inMiddle,
  MIDDLE,
  NEXT,
  of2099,
  stderrLog,
  without,
  withZone,
  writeLongLine,
} from './bad-logs.ts';
import { evidenceOf } from './evidence-of.ts';
import { parseAlerts, type Run, runVedette, writeConfig } from './run-vedette.ts';
import { whyNot } from './why-not.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const MEGABYTE = 1_000_000;
const LONG_LINE_BYTES = 200 * MEGABYTE;
/** What a run may need above one on a usual log: a record of 8 MiB at most, and room to read it. */
const EXTRA_BYTES = 64 * MEGABYTE;

/** Root is stopped by no permission unless these are taken away (`man 7 capabilities`). */
const OVERRIDES = '-dac_override,-dac_read_search';
const WITHOUT_OVERRIDE = ['setpriv', `--inh-caps=${OVERRIDES}`, `--bounding-set=${OVERRIDES}`];
const asPlainUser = process.getuid?.() === 0 ? WITHOUT_OVERRIDE : [];
const whyRootOnly = whyNot(runs([...asPlainUser, 'true']) ? undefined : 'setpriv cannot make root obey permissions');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('refused with one sentence and 2:', () => {
  it.each([
    ['a log that does not exist', { path: 'none.csv' }, /orders: no file matches "\S+none\.csv"; check the path/],
    ['a glob without matches', { path: 'none-*.csv' }, /orders: no file matches "\S+none-\*\.csv"; check the path/],
    ['a directory', { path: '.' }, /orders: "\S+" is a directory; name the files in it, such as "\S+\/\*"/],
    ['a wrong key', { pth: 'good.csv' }, /resources\[0\]\.logs\[0\]\.pth is not a setting; did you mean "path"\?/],
    ['a wrong format', { format: 'csvlgo' }, /format is "csvlgo"; did you mean "csvlog"\?/],
    ['a time zone that is none', { timezone: 'Europe/Berln' }, /"Europe\/Berln" is not a time zone; did you mean/],
  ])('%s', async (_, log, sentence) => {
    writeFileSync(join(folder, 'good.csv'), GOOD);
    expectRefusal(await replayDocument({ logs: [{ path: 'good.csv', format: 'csvlog', ...log }] }), sentence);
  });

  it('a network that is none', async () => {
    const networks = [{ name: 'Berlin office', cidr: ['198.51.100.0/33'] }];

    expectRefusal(await replayDocument({}, { networks }), /networks\[0\]\.cidr\[0\] "198\.51\.100\.0\/33" .*such as/);
  });

  it.skipIf(whyRootOnly !== undefined)('a log that may not be read', async () => {
    save('secret.csv', GOOD);
    chmodSync(join(folder, 'secret.csv'), 0);
    const config = writeConfig(join(folder, 'secret.yaml'), { orders: ['secret.csv', 'csvlog'] });

    expectRefusal(
      await runVedette(['replay', '-c', config], asPlainUser),
      /orders: "\S+secret\.csv" cannot be read \(permission denied\); run as a user who may read it/,
    );
  });
});

describe('counted, shown and survived:', () => {
  it.each([
    ['a binary file', binary(), 'not the columns of a csvlog record', 0],
    ['an executable', readFileSync(process.execPath).subarray(0, MEGABYTE), 'not the columns of a csvlog record', 0],
    ['a stderr log', stderrLog(), 'not the columns of a csvlog record', 0],
    ['a time zone in the log that is none', withZone('QQQ'), 'names a time zone that only `timezone:`', 0],
    ['a record that is torn', without(MIDDLE + 60, NEXT + 90), 'a record that was torn off', 1],
    ['a record of the year 2099', inMiddle(of2099()), 'a time far ahead of the records around it', 1],
    ['a record that draws on the terminal', inMiddle(drawing()), 'not the columns of a csvlog record', 1],
  ])('%s', async (_, log, reason, alerts) => {
    save('bad.csv', log);
    const run = await replayLog('bad.csv');

    expectRejection(run, reason);
    expect(warnings(run.stdout)).toHaveLength(alerts);
  });

  it.each([
    ['a gzip file that breaks off', gzipSync(GOOD).subarray(0, 8000), 1],
    ['a gzip file that is none', GOOD, 0],
  ])('%s', async (_, bytes, alerts) => {
    save('bad.csv.gz', bytes);
    const run = await replayLog('bad.csv.gz');

    expectRejection(run, 'a file that could not be read to its end');
    expect(run.stderr).toMatch(/^note +\S+bad\.csv\.gz breaks off or is not what its name says/m);
    expect(warnings(run.stdout)).toHaveLength(alerts);
  });

  it('an empty file', async () => {
    save('empty.csv', Buffer.alloc(0));
    const run = await replayLog('empty.csv');

    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toMatch(/^note +\S+empty\.csv is empty$/m);
  });

  it('a bad file beside good ones', async () => {
    mkdirSync(join(folder, 'mixed'), { recursive: true });
    save('mixed/a.csv', binary());
    save('mixed/b.csv', GOOD);
    save('mixed/c.csv', Buffer.alloc(0));
    const run = await replayLog('mixed/*.csv');

    expectRejection(run, 'not the columns of a csvlog record');
    expect(warnings(run.stdout)).toHaveLength(1);
  });
});

describe('a clock that leaps', () => {
  it('changes no other verdict', async () => {
    const leap = of2099();
    save('leap.csv', GOOD);
    const [before] = warnings((await replayLog('leap.csv')).stdout);
    save('leap.csv', inMiddle(leap));
    const [after] = warnings((await replayLog('leap.csv')).stdout);
    const evidence = evidenceOf(before);
    evidence.rawLines = evidence.rawLines.map((line) => ({
      ...line,
      byteOffset: line.byteOffset < MIDDLE ? line.byteOffset : line.byteOffset + leap.length,
    }));

    expect(before.properties.alertDisplayName).toContain('successful');
    expect(after).toEqual(before);
  });
});

describe(`a line of ${LONG_LINE_BYTES / MEGABYTE} MB`, () => {
  it.each([
    ['without end', ''],
    ['in quotes', '2026-11-17 02:15:00.000 UTC,"analyst","orders",1,"192.0.2.1:5432",6afbb8c3.4061,1,"'],
  ])('%s is rejected in bounded memory', async (_, start) => {
    save('long.csv', GOOD);
    const usual = await replayLog('long.csv');
    writeLongLine(join(folder, 'long.csv'), start, LONG_LINE_BYTES);
    const run = await replayLog('long.csv');
    rmSync(join(folder, 'long.csv'));

    expectRejection(run, 'a record longer than 8 MiB');
    expect(run.stderr).toMatch(new RegExp(`^records +${GOOD_RECORDS + 1} `, 'm'));
    expect(warnings(run.stdout)).toHaveLength(1);
    expect(run.peakBytes).toBeLessThanOrEqual(usual.peakBytes + EXTRA_BYTES);
    expect(usual.peakBytes > 0).toBe(process.platform === 'linux');
  });
});

function expectRefusal({ code, stdout, stderr }: Run, sentence: RegExp): void {
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^vedette: [^\n]+\n$/);
  expect(stderr).toMatch(sentence);
}

/** One reason is counted, with a first example that a terminal can show; nothing else is said but counts and notes. */
function expectRejection({ code, stderr }: Run, reason: string): void {
  const rejections = stderr.split('\n').filter((line) => line.startsWith('rejected'));

  expect(code).toBe(0);
  expect(rejections.filter((line) => line.includes(reason))).toHaveLength(1);
  expect(rejections.find((line) => line.includes(reason))).toMatch(/^rejected +[\d,]+: .+; the first: \S+/);
  expect(stderr).toMatch(
    /^(?:(?:records|activities|skipped|late|rejected|alerts|note|address data) +[\x20-\x7e]+\n)+$/,
  );
}

async function replayLog(path: string): Promise<Run> {
  const config = writeConfig(join(folder, 'vedette.yaml'), { orders: [path, 'csvlog'] });
  return runVedette(['replay', '-c', config, '--format', 'json']);
}

/** Replays a document with one resource that has these members, and more at the top. */
async function replayDocument(resource: object, more: object = {}): Promise<Run> {
  const logs = [{ path: save('good.csv', GOOD), format: 'csvlog' }];
  const config = join(folder, 'document.yaml');
  writeFileSync(
    config,
    JSON.stringify({ resources: [{ id: 'orders', kind: 'postgresql', logs, ...resource }], ...more }),
  );
  return runVedette(['replay', '-c', config]);
}

function save(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function runs([command, ...args]: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Alerts that say more than how the log's server is set up. */
function warnings(stdout: string): Alert[] {
  return parseAlerts(stdout).filter(({ properties }) => properties.severity !== 'Informational');
}
