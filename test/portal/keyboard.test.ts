import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNot } from '../why-not.ts';
import { whyNoBrowser } from './browser.ts';
import { type OpenPortal, openPortal } from './open-portal.ts';

const reason = whyNot(whyNoBrowser());
/** More stops than any page has up to what is looked for. */
const MOST_STOPS = 150;

/** Stops of a page that are looked at. */
const LOOKED_AT = 25;
/** Behind the last stop comes the browser itself. */
const THE_END = 'the end';

/** Whether what has the focus shows it: by an outline, or as Fluent does by a border of its `::after`. */
const SHOWS_FOCUS = `(() => {
  const at = document.activeElement;
  if (at === document.body) return '${THE_END}';
  const outlined = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  const bordered = (style) => style.content !== 'none' && style.borderTopStyle !== 'none' && parseFloat(style.borderTopWidth) > 0;
  const within = [at, at.parentElement].flatMap((one) => [getComputedStyle(one), getComputedStyle(one, '::after')]);
  return within.some((style) => outlined(style) || bordered(style)) ? '' : at.outerHTML.slice(0, 200);
})()`;

describe.skipIf(reason !== undefined)('the keyboard alone', { timeout: 180_000 }, () => {
  let portal: OpenPortal;

  beforeAll(async () => {
    portal = await openPortal();
  }, 180_000);
  afterAll(() => portal?.close());

  it('understands an alert, resolves it, and says that another was expected', async () => {
    const { page, server } = portal;
    await page.goto(`${server.url}/alerts`);
    await press(page, page.getByRole('link', { name: 'Suspected successful brute force attack' }));
    await page.getByText('analyst got in').first().waitFor();
    await press(page, page.getByRole('button', { name: 'Resolve' }));
    await page.getByText('Resolved').first().waitFor();

    await page.goto(`${server.url}/alerts`);
    await press(page, page.getByRole('link', { name: 'Log on from an unusual location' }).first());
    await press(page, page.getByRole('button', { name: 'This was expected…' }));
    await page.getByText(/^It would have hidden/).waitFor();
    await reach(page, page.getByLabel('Why it was expected'));
    await page.keyboard.type('The office moved');
    await press(page, page.getByRole('button', { name: 'Expect it from now on' }));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('Dismissed').first().waitFor();
  });

  it('narrows a search, opens a session, and leaves a dialog by Escape', async () => {
    const { page, server } = portal;
    await page.goto(
      `${server.url}/investigate?principal=j.meyer&from="2026-11-18T03:00:00.000Z"&to="2026-11-18T04:00:00.000Z"`,
    );
    await press(page, page.getByRole('button', { name: /^Only Activity Statement/ }));
    await expect.poll(() => new URL(page.url()).searchParams.get('activity')).toBe('["statement"]');
    await press(page, page.getByRole('button', { name: 'Details of Statement' }).first());
    await press(page, page.getByRole('button', { name: 'Show the whole session' }));
    await page.getByText('Lasted').waitFor();

    await page.goto(`${server.url}/alerts`);
    await press(page, page.getByRole('link', { name: 'Unusual volume of data extracted' }).first());
    await press(page, page.getByRole('button', { name: 'Suppress…' }));
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it.each(['/', '/alerts', '/resources/orders', '/investigate', '/health'])('sees where it is on %s', async (path) => {
    const { page, server } = portal;
    await page.goto(server.url + path, { waitUntil: 'networkidle' });
    let stops = 0;
    for (let shown = ''; shown !== THE_END && stops < LOOKED_AT; stops++) {
      await page.keyboard.press('Tab');
      shown = String(await page.evaluate(SHOWS_FOCUS));

      expect(['', THE_END]).toContain(shown);
    }
    expect(stops).toBeGreaterThan(10);
  });
});

/** Goes there with Tab, as people do. */
async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    if (await target.evaluate((node) => node === node.ownerDocument.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${String(target)}`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  await page.keyboard.press('Enter');
}
