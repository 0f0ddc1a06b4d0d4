import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNot } from '../why-not.ts';
import { whyNoBrowser } from './browser.ts';
import { faultsOf } from './faults-of.ts';
import { type OpenPortal, openPortal } from './open-portal.ts';

const reason = whyNot(whyNoBrowser());
/** A history is judged within; generous, for a machine that is busy. */
const JUDGED_MS = 120_000;

describe.skipIf(reason !== undefined)('tuning', { timeout: 180_000 }, () => {
  let portal: OpenPortal;

  beforeAll(async () => {
    portal = await openPortal();
  }, 120_000);
  afterAll(() => portal?.close());

  it('shows what other settings would have raised, saves them, and tells that they hold', async () => {
    const { page, server } = portal;
    await page.goto(`${server.url}/tuning?detector=unusual-location`);
    await page.getByRole('radio', { name: 'low' }).check();
    await page.getByRole('button', { name: 'Preview these settings' }).click();
    const heading = page.getByText(/^Over 90 days: \d+ → \d+ alerts?$/);
    await heading.waitFor({ timeout: JUDGED_MS });
    const [before, after] = ((await heading.textContent()) ?? '').match(/\d+(?= →)|(?<=→ )\d+/g)!.map(Number);

    expect(after).toBeLessThan(before!);
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Saved\. In force/).waitFor();
    const held = await portal.call('GET', '/api/v1/resources/orders/held-settings');
    expect(held).toMatchObject({ detectors: { 'unusual-location': { sensitivity: 'low' } } });

    await page.getByRole('link', { name: 'Log on from an unusual location' }).first().click();
    await page.getByRole('heading', { name: 'Log on from an unusual location' }).waitFor();
  });

  it('tries every setting by itself, and takes over the one that is liked', async () => {
    const { page, server } = portal;
    await page.goto(`${server.url}/tuning?detector=unusual-location`);
    await page.getByRole('button', { name: 'Try every setting by itself' }).click();
    await page.getByRole('table', { name: 'Settings tried' }).waitFor({ timeout: JUDGED_MS });
    await page.getByRole('button', { name: /^Use / }).first().click();

    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(true);
    await page.getByRole('button', { name: 'Back to what holds' }).click();
    await page.getByRole('button', { name: 'Back to what holds' }).waitFor({ state: 'detached' });
  });

  it('says which value does not fit, and does not save it', async () => {
    const { page, server } = portal;
    await page.goto(`${server.url}/tuning?detector=brute-force`);
    await page.getByLabel('Failure count').fill('1');
    await page.getByText('Not less than 2.').waitFor();

    expect(await page.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('lets a Security Reader look, and says what is missing to change', async () => {
    const page = await portal.pageOf('Security Reader');
    await page.goto(`${portal.server.url}/tuning`);
    await page.getByText('You can look, but not change settings.').waitFor();

    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    expect(await page.getByRole('radio', { name: 'low' }).isDisabled()).toBe(true);
  });

  it('is done by the keyboard alone', async () => {
    const { page, server } = portal;
    await page.goto(`${server.url}/tuning?detector=unusual-data-center`);
    await page.getByRole('radio', { name: 'medium' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(/^Saved\. In force/).waitFor();

    const held = await portal.call('GET', '/api/v1/resources/orders/held-settings');
    expect(held).toMatchObject({ detectors: { 'unusual-data-center': { sensitivity: 'high' } } });
  });
});
