import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectRefusal, type Login, openSession, runSession } from '../scripts/record/clients.ts';
import { type CsvlogSummary, summarizeCsvlog } from '../scripts/record/summarize-csvlog.ts';
import type { Alert } from '../src/model/alert.ts';
import { addressesOf, evidenceOf, principalsOf } from './evidence-of.ts';
import { parseAlerts, type Run, runVedette, writeConfig } from './run-vedette.ts';
import {
  POSTGRESQL_MAJORS,
  type PostgresqlServer,
  SUPERUSER,
  startPostgresql,
  whyNoPostgresql,
} from './servers/postgresql.ts';
import { whyNot } from './why-not.ts';

// Each case starts a server and the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const GUESSES = 30;

const ADMIN: Login = { ...SUPERUSER, database: 'postgres', application: 'psql', from: '127.0.2.2' };
const ANALYST: Login = { user: 'analyst', password: 'invented-analyst-1', database: 'postgres', from: '127.0.2.10' };
const ATTACKER: Login = { ...ANALYST, from: '127.0.9.1' };

const whyNoAddresses = process.platform === 'linux' ? undefined : 'clients from several loopback addresses need Linux';

describe.each(POSTGRESQL_MAJORS)('a log that PostgreSQL %i wrote and rotated', (major) => {
  const reason = whyNot(whyNoPostgresql(major) ?? whyNoAddresses);
  let server: PostgresqlServer;
  let files: string[];
  let summary: CsvlogSummary;
  let run: Run;
  let alerts: Alert[];

  beforeAll(async () => {
    if (reason !== undefined) {
      return;
    }
    server = await startPostgresql(major);
    await playAttack(server);
    await server.stop('keep');
    files = server.logFiles();
    summary = summarizeCsvlog(await completeLog(files), major);
    const config = writeConfig(join(server.root, 'vedette.yaml'), { orders: ['log/*.csv', 'csvlog'] });
    run = await runVedette(['replay', '-c', config, '--format', 'json']);
    alerts = parseAlerts(run.stdout);
  });
  afterAll(() => {
    rmSync(server?.root ?? '', { recursive: true, force: true });
  });

  it.skipIf(reason !== undefined)('is read whole, over all files', () => {
    const { records, byMessageStart, bySqlstate } = summary;
    const activities = /^activities +(.*)$/m.exec(run.stderr)?.[1].split(', ');

    expect(files).toHaveLength(3);
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(new RegExp(`^records +${records} `, 'm'));
    expect(run.stderr).toMatch(/^rejected +0$/m);
    expect(activities).toEqual(
      expect.arrayContaining([
        `${byMessageStart['connection received']} connection`,
        `${byMessageStart['connection authorized']} authentication`,
        `${bySqlstate['28P01']} authentication failure`,
        `${byMessageStart.disconnection} disconnection`,
      ]),
    );
  });

  it.skipIf(reason !== undefined)('tells of the guessing that got in, and of nothing else', () => {
    expect(alerts.map(({ properties }) => [properties.alertType, properties.severity])).toEqual([
      ['SQL.PostgreSQL_BruteForce', 'High'],
    ]);
    expect(alerts[0].properties.alertDisplayName).toContain('successful');
    expect(addressesOf(alerts[0])).toEqual([ATTACKER.from]);
    expect(principalsOf(alerts[0])).toEqual(['analyst']);
    expect(evidenceOf(alerts[0]).observed).toMatchObject({ 'Failed logins': `${GUESSES}`, 'Successful logins': '1' });
  });

  it.skipIf(reason !== undefined)('holds the raw lines where the alert says', () => {
    const { rawLines } = evidenceOf(alerts[0]);

    expect(new Set(rawLines.map(({ source }) => source)).size).toBeGreaterThan(1);
    for (const { source, byteOffset, text } of rawLines) {
      expect(files).toContain(source);
      expect(readFileSync(source).toString('utf8', byteOffset, byteOffset + Buffer.byteLength(text))).toBe(text);
    }
  });
});

/** An analyst who mistypes once, then somebody else who guesses until the password is right; two rotations. */
async function playAttack(server: PostgresqlServer): Promise<void> {
  await runSession(server, ADMIN, [`CREATE ROLE analyst LOGIN PASSWORD '${ANALYST.password}'`]);
  await expectRefusal(server, { ...ANALYST, password: 'invented-typo' }, '28P01');
  await runSession(server, { ...ANALYST, application: 'psql' }, ['SELECT 1']);
  await rotate(server);
  for (let guess = 1; guess <= GUESSES; guess++) {
    await expectRefusal(server, { ...ATTACKER, password: `invented-guess-${guess}` }, '28P01');
  }
  await rotate(server);
  await runSession(server, ATTACKER, ['SELECT rolname FROM pg_roles']);
}

/** The text of the files, once the server's logger, which outlives the server, has written the last line. */
async function completeLog(files: readonly string[]): Promise<string> {
  for (;;) {
    const log = files.map((file) => readFileSync(file, 'utf8')).join('');
    if (/"database system is shut down".*\n$/.test(log)) {
      return log;
    }
    await sleep(50);
  }
}

/** Makes the server write to another file; its name tells the second, so it may take one until there is another. */
async function rotate(server: PostgresqlServer): Promise<void> {
  const { client } = await openSession(server, ADMIN);
  const before = server.logFiles().length;
  while (server.logFiles().length === before) {
    await client.query('SELECT pg_rotate_logfile()');
    await sleep(250);
  }
  await client.end();
}
