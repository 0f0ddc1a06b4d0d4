import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure } from '../live/failure.ts';
import { habit } from '../live/login.ts';
import { whyNot } from '../why-not.ts';
import { complaintsOf, launchBrowser, whyNoBrowser } from './browser.ts';
import { faultsOf } from './faults-of.ts';
import { type Served, serveConfig } from './served.ts';

const reason = whyNot(whyNoBrowser());
const GUESSES = 40;
/** From nothing to the first protected database: what a person has to press, links and buttons. */
const MOST_CLICKS = 6;
/** Generous, for a machine that is busy: the program's part of the five minutes that a person may need. */
const MOST_MS = 120_000;

describe.skipIf(reason !== undefined)('a first visit, with nothing configured', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-first-'));
  const log = join(folder, 'logs/orders.csv');
  let server: Served;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let clicks = 0;
  const click = async (role: 'link' | 'button', name: string) => {
    await page.getByRole(role, { name }).first().click();
    clicks++;
  };

  beforeAll(async () => {
    mkdirSync(join(folder, 'logs'));
    writeFileSync(log, habit(Date.now(), 'alice', '10.1.1.5'));
    [browser, server] = await Promise.all([
      launchBrowser(),
      serveConfig({ resources: [], server: { logFolders: [join(folder, 'logs')] } }),
    ]);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    complaints = complaintsOf(context, server.url);
    page = await context.newPage();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('comes from nothing to a database that is watched, soon and with few clicks', async () => {
    const start = Date.now();
    await page.goto(server.ownerLink);
    await page.getByLabel('Name').fill('alex');
    await page.getByLabel('Password').fill('correct horse battery');
    await click('button', 'Create the account');
    await page.getByText('No database is watched yet').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await click('link', 'Add your first database');
    await page.getByLabel('Name').fill('orders');
    await page.getByLabel('Where its log lies').fill(log);
    await page.getByLabel('Lines of it').fill(habit(Date.now(), 'alice', '10.1.1.5'));
    await click('button', 'Find out its format');
    await page.getByText('csvlog', { exact: true }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await click('button', 'Watch it now');
    await page.getByText('orders is there.').waitFor();
    await click('link', 'Look at it');

    await page.getByText('Advanced Threat Protection is on').waitFor();
    expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
    expect(Date.now() - start).toBeLessThan(MOST_MS);
  });

  it('sees the first alert come, of a log that grows', async () => {
    await page.goto(server.url);
    await page.getByText('Nothing to do').waitFor();
    const start = Date.now() - 1000 * GUESSES;
    for (let second = 0; second < GUESSES; second++) {
      appendFileSync(log, failure(start, second, 'alice', '203.0.113.9'));
    }

    await page.getByRole('link', { name: 'Suspected brute force attack' }).first().waitFor({ timeout: MOST_MS });
    expect(complaints.filter((complaint) => !/ 401 \(Unauthorized\)/.test(complaint))).toEqual([]);
  });
});
