import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../run-vedette.ts';
import { whyNot } from '../why-not.ts';
import { whyNoBrowser } from './browser.ts';
import { faultsOf } from './faults-of.ts';
import { type OpenPortal, openPortal } from './open-portal.ts';

const reason = whyNot(whyNoBrowser());
/** Until something that the server does by itself is seen; generous, for a machine that is busy. */
const SEEN_MS = 60_000;

describe.skipIf(reason !== undefined)('the list of alerts', { timeout: 180_000 }, () => {
  let portal: OpenPortal;
  let page: Page;

  beforeAll(async () => {
    portal = await openPortal();
    ({ page } = portal);
  }, 120_000);
  afterAll(() => portal?.close());

  const openList = async (query = '') => {
    await page.goto(`${portal.server.url}/alerts${query}`);
    await page.getByRole('table', { name: 'Security alerts' }).waitFor();
  };
  const focused = () => page.evaluate('document.activeElement?.textContent');

  it('puts alerts of one intrusion together, and has no fault that axe finds then', async () => {
    await openList('?group=true');
    const head = page.getByRole('button', { name: /alerts of one intrusion$/ }).first();
    const count = await page.getByRole('row').count();
    await head.click();

    expect(await page.getByRole('row').count()).toBeLessThan(count);
    expect(await faultsOf(page)).toEqual([]);
  });

  it('keeps a view in this browser, and shows it again', async () => {
    await openList();
    await page.getByRole('combobox', { name: 'Severity' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Informational' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Small things');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await openList();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Small things' }).click();

    await page.waitForURL(/severity=/);
    await page.getByRole('link', { name: 'Suspected brute force attack' }).waitFor({ state: 'detached' });
  });

  it('gives what is filtered as CSV', async () => {
    await openList('?severity=["Medium"]');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export as CSV' }).click(),
    ]);
    const [head, ...lines] = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n');

    expect(head).toContain('"severity"');
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.filter((line) => !line.includes('"Medium"'))).toEqual([]);
  });

  it('is gone through by keys alone: two alerts are chosen and resolved, the rest stays', async () => {
    await openList();
    await page.getByRole('link', { name: 'Unusual volume of data extracted' }).first().focus();
    await page.keyboard.press('End');
    const last = await focused();
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('x');
    await page.keyboard.press('Home');
    expect(await focused()).not.toBe(last);

    const before = await page.getByRole('row').count();
    const resolve = page.getByRole('button', { name: 'Resolve 2' });
    await resolve.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('row').count(), { timeout: SEEN_MS }).toBe(before - 2);
    await page.getByRole('link', { name: 'Suspected brute force attack' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Suspected brute force attack' }).waitFor();
  });

  it('asks why before alerts are dismissed together', async () => {
    await openList();
    await page
      .getByRole('checkbox', { name: 'Choose Log on without encryption from a public address' })
      .first()
      .click();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('dialog').getByLabel('Why').fill('Known, on the list');
    await page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await expect
      .poll(async () => JSON.stringify(await portal.call('GET', '/api/v1/alerts?status=Dismissed')), {
        timeout: SEEN_MS,
      })
      .toContain('Log on without encryption');
  });

  it('shows what arrives while somebody looks at it', async () => {
    await openList('?severity=["High"]');
    const count = await page.getByRole('row').count();
    await portal.call('POST', '/api/v1/resources/orders/simulations', {});

    await expect.poll(() => page.getByRole('row').count(), { timeout: SEEN_MS }).not.toBe(count);
  });

  it('lets a Security Reader look, and offers nothing that would be refused', async () => {
    const reader = await portal.pageOf('Security Reader');
    await reader.goto(`${portal.server.url}/alerts`);
    await reader.getByRole('table', { name: 'Security alerts' }).waitFor();

    expect(await reader.getByRole('button', { name: /^(Take|Resolve|Dismiss)/ }).count()).toBe(0);
  });

  it('a database is added from lines of its log, and watched', async () => {
    const text = readFileSync(join(ROOT, 'src/parsers/stderr/samples/default-15.log'), 'utf8');
    const log = join(portal.server.folder, 'added.log');
    writeFileSync(log, text);
    await page.goto(`${portal.server.url}/resources`);
    await page.getByRole('button', { name: 'Add a database' }).click();
    await page.getByLabel('Name').fill('added');
    await page.getByLabel('Where its log lies').fill(log);
    await page.getByLabel('Lines of it').fill(text.slice(0, 20_000));
    await page.getByRole('button', { name: 'Find out its format' }).click();
    await page.getByRole('heading', { name: '3. Watch it' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);

    const yaml = await page.locator('code').filter({ hasText: 'id: added' }).textContent();
    portal.server.addResources(yaml ?? '');
    await page.getByText('added is there.').waitFor({ timeout: SEEN_MS });
    await page.getByRole('link', { name: 'Look at it' }).click();
    await page.getByRole('heading', { level: 1, name: 'added' }).waitFor();
  });

  it('has asked nobody else for anything, and nothing that the policy of the pages refuses', () => {
    expect(portal.complaints).toEqual([]);
  });
});
