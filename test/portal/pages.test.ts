import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNot } from '../why-not.ts';
import { whyNoBrowser } from './browser.ts';
import { faultsOf } from './faults-of.ts';
import { type OpenPortal, openPortal } from './open-portal.ts';
import { goTo, PORTAL_PAGES } from './portal-pages.ts';

const reason = whyNot(whyNoBrowser());
const PHONE = { width: 360, height: 800 };
const DESK = { width: 1400, height: 900 };

describe.skipIf(reason !== undefined)('every page', { timeout: 180_000 }, () => {
  let portal: OpenPortal;

  beforeAll(async () => {
    portal = await openPortal();
  }, 180_000);
  afterAll(() => portal?.close());

  it.each(PORTAL_PAGES)('$name has no fault that axe finds, and fits a phone', async (of) => {
    const { page } = portal;
    await page.setViewportSize(DESK);
    await goTo(portal, of);

    expect(await faultsOf(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
    await page.setViewportSize(DESK);
  });

  it('moves nothing where somebody wants no motion', async () => {
    const { page } = portal;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await goTo(portal, PORTAL_PAGES[0]!);
    const moving = await page.evaluate(
      'document.getAnimations().filter(({ effect }) => Number(effect.getTiming().duration) > 1).length',
    );

    expect(moving).toBe(0);
  });

  it('has asked nobody else for anything, and nothing that the policy of the pages refuses', () => {
    const expected = / 401 \(Unauthorized\)| 404 \(Not Found\)/;

    expect(portal.complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
  });
});
