import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAlert, raise, type TestServer, testServer } from '../../src/api/testkit.ts';
import { addUser, assignRole } from '../../src/identity/users.ts';
import { ROOT } from '../run-vedette.ts';
import { whyNot } from '../why-not.ts';
import { launchBrowser, whyNoBrowser } from './browser.ts';

const reason = whyNot(whyNoBrowser());
const COUNT = 10_000;
const START = Date.UTC(2026, 10, 17);
const PASSWORD = 'correct horse battery';

describe.skipIf(reason !== undefined)('ten thousand alerts', { timeout: 180_000 }, () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    server = await testServer({ portalDirectory: `${ROOT}/portal/dist` });
    await raise(
      server.store,
      Array.from({ length: COUNT }, (_, n) => anAlert({ startTime: START - n * 60_000, endTime: START - n * 60_000 })),
    );
    const user = await addUser(server.identity, { name: 'robin', password: PASSWORD });
    await assignRole(server.identity, { id: user.id, kind: 'user' }, { role: 'Owner', scope: '/', by: 'test' });
    url = await server.app.listen({ host: '127.0.0.1', port: 0 });
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(`${url}/sign-in?returnTo=/alerts`);
    await page.getByLabel('Name').fill('robin');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('table', { name: 'Security alerts' }).waitFor();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const lastRow = () =>
    page
      .getByRole('row')
      .last()
      .getAttribute('aria-rowindex')
      .then((index) => Number(index));

  it('are read as they come near, while no more is drawn than is seen', async () => {
    await page.locator('[data-row="0"]').focus();
    for (let wanted = 100; wanted <= 500; wanted += 100) {
      await expect
        .poll(
          async () => {
            await page.keyboard.press('End');
            return lastRow();
          },
          { timeout: 60_000 },
        )
        .toBeGreaterThan(wanted);
    }

    expect(await page.getByRole('row').count()).toBeLessThan(100);
    await page.keyboard.press('Home');
    await expect.poll(() => page.evaluate("document.activeElement?.getAttribute('data-row')")).toBe('0');
  });

  it('stay where they are when another one arrives', async () => {
    const newest = anAlert({ startTime: START + 60_000, endTime: START + 60_000 });
    const first = await page.locator('[data-row="0"]').getAttribute('href');
    await raise(server.store, [newest]);
    await page.locator(`[data-row="0"][href*="${newest.name}"]`).waitFor();

    expect(await page.locator('[data-row="1"]').getAttribute('href')).toBe(first);
    await page.locator('[data-row="0"]').focus();
    await page.keyboard.press('End');
    await expect.poll(lastRow, { timeout: 60_000 }).toBeGreaterThan(500);
  });

  it('are all in the CSV file', async () => {
    const text = await page.evaluate(async () => (await fetch('/api/v1/alert-export')).text());

    expect(text.trimEnd().split('\r\n')).toHaveLength(COUNT + 2);
  });
});
