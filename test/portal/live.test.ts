import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, type Login, runSession } from '../../scripts/record/clients.ts';
import { type PostgresqlServer, SUPERUSER, startPostgresql, whyNoPostgresql } from '../servers/postgresql.ts';
import { whyNot } from '../why-not.ts';
import { whyNoBrowser } from './browser.ts';
import { type OpenPortal, openPortal } from './open-portal.ts';
import { serveConfig } from './served.ts';

const MAJOR = 17;
const GUESSES = 30;
/** Between a guess and the row on the page; generous, for a machine that is busy. */
const ARRIVED_MS = 120_000;
const ANALYST: Login = { user: 'analyst', password: 'invented-analyst-1', database: 'postgres' };

const whyNoAddresses = process.platform === 'linux' ? undefined : 'clients from several loopback addresses need Linux';
const reason = whyNot(whyNoBrowser() ?? whyNoAddresses ?? whyNoPostgresql(MAJOR));

describe.skipIf(reason !== undefined)('a PostgreSQL server that is being guessed at', { timeout: 300_000 }, () => {
  let postgresql: PostgresqlServer;
  let portal: OpenPortal;

  beforeAll(async () => {
    postgresql = await startPostgresql(MAJOR);
    await runSession(postgresql, { ...SUPERUSER, database: 'postgres' }, [
      `CREATE ROLE analyst LOGIN PASSWORD '${ANALYST.password}'`,
    ]);
    const logs = [{ path: join(postgresql.root, 'log/*.csv'), format: 'csvlog' }];
    portal = await openPortal(serveConfig({ resources: [{ id: 'live', kind: 'postgresql', logs }] }), 'Nothing to do');
  }, 300_000);
  afterAll(async () => {
    await portal?.close();
    await postgresql?.stop();
  });

  it('appears among the alerts, and turns graver, while somebody only looks', async () => {
    const { page, server } = portal;
    await page.goto(`${server.url}/alerts`);
    await page.getByText('Nothing to do').waitFor();
    await page.evaluate('globalThis.isSamePage = true');
    for (let guess = 1; guess <= GUESSES; guess++) {
      await expectRefusal(postgresql, { ...ANALYST, password: `invented-guess-${guess}`, from: '127.0.9.1' }, '28P01');
    }

    await page.getByRole('link', { name: 'Suspected brute force attack' }).waitFor({ timeout: ARRIVED_MS });
    await runSession(postgresql, { ...ANALYST, from: '127.0.9.1' }, ['SELECT 1']);
    await page.getByRole('link', { name: 'Suspected successful brute force attack' }).waitFor({ timeout: ARRIVED_MS });
    expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
    expect(await page.locator('output').last().textContent()).toMatch(/^High alert on live: Suspected successful/);
  });

  it('is told of with its records, and everything else that came from there', async () => {
    const { page } = portal;
    await page.getByRole('link', { name: 'Suspected successful brute force attack' }).click();
    await page.getByText('analyst got in').first().waitFor();
    await page.getByRole('link', { name: 'Investigate' }).last().click();
    await page.getByText('Evidence').first().waitFor();

    await expect.poll(() => page.textContent('main'), { timeout: ARRIVED_MS }).toContain('127.0.9.1');
    expect(portal.complaints.filter((complaint) => !/ 401 \(Unauthorized\)/.test(complaint))).toEqual([]);
  });
});
