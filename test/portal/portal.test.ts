import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNot } from '../why-not.ts';
import { complaintsOf, launchBrowser, whyNoBrowser } from './browser.ts';
import { type Served, serveQuickstart } from './served.ts';

const reason = whyNot(whyNoBrowser());
/** Within this alerts are visible after the start: 15 s on a machine that does nothing else. */
const VISIBLE_MS = 60_000;
const PASSWORD = 'correct horse battery';

describe.skipIf(reason !== undefined)('the portal', () => {
  let server: Served;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    server = await serveQuickstart();
    context = await browser.newContext({ viewport: { width: 1400, height: 900 }, timezoneId: 'Europe/Berlin' });
    complaints = complaintsOf(context, server.url);
    page = await context.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('lets the first Owner in by the one-time link, and shows the alerts soon', async () => {
    await page.goto(server.ownerLink);
    await page.getByLabel('Name').fill('alex');
    expect(page.url()).not.toContain('#'); // the secret does not stay in the address
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create the account' }).click();

    await page.getByRole('link', { name: 'Unusual volume of data extracted' }).first().waitFor({ timeout: VISIBLE_MS });
  });

  it('does not let anybody in by the link again, nor without signing in', async () => {
    const stranger = await browser.newContext();
    const other = await stranger.newPage();
    await other.goto(server.ownerLink);
    await other.getByLabel('Name').fill('mallory');
    await other.getByLabel('Password').fill(PASSWORD);
    await other.getByRole('button', { name: 'Create the account' }).click();
    await other.getByRole('alert').waitFor();

    await other.goto(`${server.url}/alerts`);
    await other.getByRole('heading', { name: 'Sign in to Vedette' }).waitFor();
    await stranger.close();
  });

  it('shows an alert with what is usual beside it, and resolves it', async () => {
    await page.goto(`${server.url}/alerts`);
    await page.getByRole('link', { name: 'Suspected successful brute force attack' }).click();
    await page.getByRole('heading', { name: 'What is usual, and what was seen' }).waitFor();
    expect(await page.textContent('main')).toContain('failed to log in to orders 45 times');
    expect(await page.textContent('main')).toContain('ALTER ROLE "analyst" NOLOGIN;');

    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('Resolved').waitFor();
    await page.goto(`${server.url}/alerts`);
    await page.getByRole('link', { name: 'Suspected brute force attack' }).waitFor();
    expect(await page.getByRole('link', { name: 'Suspected successful brute force attack' }).count()).toBe(0);
  });

  it('keeps filters in the address', async () => {
    await page.goto(`${server.url}/alerts?severity=["Medium"]`);
    await page.getByRole('link', { name: 'Unusual volume of data extracted' }).waitFor();

    expect(await page.getByRole('link', { name: 'Log on from an unusual location' }).count()).toBe(0);
  });

  it('turns protection off and on', async () => {
    await page.goto(`${server.url}/resources`);
    await page.getByRole('link', { name: 'orders' }).click();
    const protection = page.getByRole('switch');
    await protection.click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.reload();

    await expect.poll(() => protection.isChecked()).toBe(false);
    await protection.click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
  });

  it('learns that an alert was expected, once it is told why', async () => {
    await page.goto(`${server.url}/alerts`);
    await page.getByRole('link', { name: 'Log on from an unusual location' }).first().click();
    await page.getByRole('button', { name: 'This was expected…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^It would have hidden \d+ of/).waitFor();
    expect(await dialog.getByRole('button', { name: 'Expect it from now on' }).isEnabled()).toBe(false);
    await dialog.getByLabel('Why it was expected').fill('The office moved');
    await dialog.getByRole('button', { name: 'Expect it from now on' }).click();
    await dialog.waitFor({ state: 'detached' });

    await page.getByText('Dismissed').first().waitFor();
  });

  it('suppresses alerts of one kind, as narrowly as is chosen', async () => {
    await page.goto(`${server.url}/alerts`);
    await page.getByRole('link', { name: 'Unusual volume of data extracted' }).first().click();
    await page.getByRole('button', { name: 'Suppress…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Address/).uncheck();
    await dialog.getByLabel('Why').fill('A load test');
    await dialog.getByRole('button', { name: 'Suppress' }).click();
    await dialog.waitFor({ state: 'detached' });

    const rules = await page.evaluate(async () => (await fetch('/api/v1/suppressions')).json());
    expect(rules).toMatchObject({
      items: [{ reason: 'A load test', conditions: [{ field: 'entities.account.name' }], state: 'Enabled' }],
    });
  });

  it('goes by the keyboard alone from the list into an alert', async () => {
    await page.goto(`${server.url}/alerts`);
    const link = page.getByRole('link', { name: 'Suspected brute force attack' });
    await link.waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Skip to content');
    for (
      let presses = 0;
      presses < 80 && !(await link.evaluate((node) => node === node.ownerDocument.activeElement));
    ) {
      await page.keyboard.press('Tab');
      presses++;
    }
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: 'Suspected brute force attack' }).waitFor();
  });

  it('has asked nobody else for anything, and nothing that the policy of the pages refuses', () => {
    expect(complaints.filter((complaint) => !/ 401 \(Unauthorized\)/.test(complaint))).toEqual([]);
  });
});
