/**
 * Pictures of every page of the portal in both themes, for people who read the documentation.
 *
 *     node scripts/take-pictures.ts [name…]
 */
import { fileURLToPath } from 'node:url';
import { whyNoBrowser } from '../test/portal/browser.ts';
import { openPortal } from '../test/portal/open-portal.ts';
import { goTo, PORTAL_PAGES, type PortalPage } from '../test/portal/portal-pages.ts';

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));
const SIZE = { width: 1280, height: 800 };

const reason = whyNoBrowser();
if (reason !== undefined) {
  throw new Error(reason);
}
const wanted = process.argv.slice(2);
const isWanted = ({ name, isBare }: PortalPage) => (wanted.length === 0 ? isBare !== true : wanted.includes(name));
const portal = await openPortal();
const { page } = portal;
await page.setViewportSize(SIZE);
for (const of of PORTAL_PAGES.filter(isWanted)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await goTo(portal, of);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: `${FOLDER}portal-${of.name}-${colorScheme}.png` });
  }
}
await portal.close();
