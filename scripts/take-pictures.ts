/** Pictures of the portal's pages in both themes, for people who read the documentation: `npx node scripts/take-pictures.ts`. */
import { fileURLToPath } from 'node:url';
import { launchBrowser, whyNoBrowser } from '../test/portal/browser.ts';
import { serveQuickstart } from '../test/portal/served.ts';

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));
const ALERT = 'Log on from an unusual location';

const reason = whyNoBrowser();
if (reason !== undefined) {
  throw new Error(reason);
}
const server = await serveQuickstart();
const browser = await launchBrowser();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, timezoneId: 'Europe/Berlin' });
const page = await context.newPage();
await page.goto(server.ownerLink);
await page.getByLabel('Name').fill('alex');
await page.getByLabel('Password').fill('correct horse battery');
await page.getByRole('button', { name: 'Create the account' }).click();
await page.getByRole('link', { name: ALERT }).first().waitFor();

const paths = {
  overview: '/',
  alerts: '/alerts',
  alert: (await page.getByRole('link', { name: ALERT }).first().getAttribute('href')) ?? '/alerts',
  resources: '/resources',
};
for (const colorScheme of ['light', 'dark'] as const) {
  await page.emulateMedia({ colorScheme });
  for (const [name, path] of Object.entries(paths)) {
    await page.goto(server.url + path, { waitUntil: 'load' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.getByText('Loading').first().waitFor({ state: 'detached' });
    await page.screenshot({ path: `${FOLDER}portal-${name}-${colorScheme}.png` });
  }
}
await browser.close();
await server.stop();
