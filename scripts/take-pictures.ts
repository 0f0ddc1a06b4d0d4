/**
 * Pictures of every page of the portal in both themes, for people who read the documentation.
 *
 *     node scripts/take-pictures.ts [name…]
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoBrowser } from '../test/portal/browser.ts';
import { openPortal } from '../test/portal/open-portal.ts';
import { goTo, PORTAL_PAGES, type PortalPage } from '../test/portal/portal-pages.ts';
import { quickstart, serveConfig } from '../test/portal/served.ts';

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));
const SIZE = { width: 1280, height: 800 };

const reason = whyNoBrowser();
if (reason !== undefined) {
  throw new Error(reason);
}
const wanted = process.argv.slice(2);
const isWanted = ({ name, isBare }: PortalPage) => (wanted.length === 0 ? isBare !== true : wanted.includes(name));
// Pages show where logs lie: no picture is to show a folder of whoever takes it.
const logs = join(tmpdir(), 'logs');
rmSync(logs, { recursive: true, force: true });
mkdirSync(logs);
cpSync(fileURLToPath(new URL('../examples/quickstart/logs/', import.meta.url)), logs, { recursive: true });
const portal = await openPortal(serveConfig(quickstart(logs)));
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
rmSync(logs, { recursive: true });
