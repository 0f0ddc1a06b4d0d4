import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNot } from '../why-not.ts';
import { whyNoBrowser } from './browser.ts';
import { type OpenPortal, openPortal } from './open-portal.ts';
import { goTo, PORTAL_PAGES } from './portal-pages.ts';

const reason = whyNot(whyNoBrowser());
/** How far things may move by themselves while a page comes: “good” by web.dev/cls, and half of it. */
const MOST_SHIFT = 0.05;
/** From the request to a page on which something can be done: 1 s on a machine that does nothing else. */
const MOST_MS = 8000;
/** What comes late has come by then; milliseconds. */
const REST_MS = 1000;
/** Adds up what moves without a person having done something. */
const COUNT_SHIFTS = `globalThis.shift = 0;
new PerformanceObserver((list) => {
  for (const { hadRecentInput, value } of list.getEntries()) {
    globalThis.shift += hadRecentInput ? 0 : value;
  }
}).observe({ type: 'layout-shift', buffered: true });`;

describe.skipIf(reason !== undefined)('pages that come', { timeout: 120_000 }, () => {
  let portal: OpenPortal;

  beforeAll(async () => {
    portal = await openPortal();
    await portal.page.addInitScript(COUNT_SHIFTS);
  }, 180_000);
  afterAll(() => portal?.close());

  it.each(PORTAL_PAGES)('$name moves nothing away from under the eye', async (of) => {
    await goTo(portal, of);
    await portal.page.waitForTimeout(REST_MS);

    expect(Number(await portal.page.evaluate('globalThis.shift'))).toBeLessThan(MOST_SHIFT);
  });

  it('let somebody resolve an alert soon', async () => {
    const { page } = portal;
    const of = PORTAL_PAGES.find(({ name }) => name === 'alert')!;
    await goTo(portal, of);
    await page.reload({ waitUntil: 'commit' });
    await page.locator('button:not([aria-disabled="true"])', { hasText: 'Resolve' }).waitFor();

    expect(Number(await page.evaluate('performance.now()'))).toBeLessThan(MOST_MS);
  });
});
