import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visibleText } from '../../portal/src/components/visible-text.ts';
import { whyNot } from '../why-not.ts';
import { whyNoBrowser } from './browser.ts';
import { HOSTILE, HOSTILE_ADDRESS, hostileLog } from './hostile-log.ts';
import { type OpenPortal, openPortal } from './open-portal.ts';
import { goTo } from './portal-pages.ts';
import { serveConfig } from './served.ts';

const reason = whyNot(whyNoBrowser());
const FIRST = 'Suspected successful brute force attack';
const HOUR_MS = 3_600_000;

/** In sentences the engine itself writes a sign for what cannot be seen. */
const IN_SENTENCES = HOSTILE.principal.replaceAll(/\p{C}/gu, '\ufffd');
/** Of records that were not understood the sign's number is shown. */
const BY_NUMBER = HOSTILE.rejected.replaceAll(
  /\p{C}/gu,
  (character) => `\\x${character.codePointAt(0)!.toString(16).padStart(2, '0')}`,
);
const NAMES = [HOSTILE.principal, HOSTILE.database, HOSTILE.application, HOSTILE.table].map(visibleText);

interface Listed {
  items: { name: string; displayName: string }[];
}

/** What is planted runs through the real engine: nothing of it may run in a page, and nothing may disappear. */
describe.skipIf(reason !== undefined)('hostile names in a log', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-hostile-'));
  let portal: OpenPortal;
  let alerts: Listed['items'];

  beforeAll(async () => {
    const path = join(folder, 'hostile.csv');
    writeFileSync(path, hostileLog(Date.now() - HOUR_MS));
    const resources = [{ id: 'orders', kind: 'postgresql', logs: [{ path, format: 'csvlog' }] }];
    const networks = [{ name: HOSTILE.comment.replaceAll(/\p{C}/gu, ''), cidr: [`${HOSTILE_ADDRESS}/32`] }];
    portal = await openPortal(serveConfig({ resources, networks, alertsFrom: 'all' }), FIRST);
    ({ items: alerts } = (await portal.call('GET', '/api/v1/alerts?limit=50')) as Listed);
    for (const { name } of alerts) {
      await portal.call('POST', `/api/v1/alerts/${name}/comments`, { text: HOSTILE.comment });
    }
  }, 180_000);
  afterAll(async () => {
    await portal?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are told of by several alerts', () => {
    expect(alerts.map(({ displayName }) => displayName)).toEqual(
      expect.arrayContaining([FIRST, 'Program run through the database', 'Power over the server given to a role']),
    );
  });

  it('stand on every alert as they are', async () => {
    for (const { name, displayName } of alerts) {
      await goTo(portal, { name, path: `/alerts/${name}`, shows: visibleText(HOSTILE.comment) });
      const text = await harmlessText();

      expect(text, displayName).toContain(visibleText(HOSTILE.principal));
    }
  });

  it.each([
    ['the list', '/alerts', FIRST, [IN_SENTENCES]],
    ['the overview', '/', 'Newest alerts', [IN_SENTENCES]],
    ['the resource', '/resources/orders', FIRST, [IN_SENTENCES]],
    ['the dialog of what is expected', '?do=expected', 'It would have hidden', [visibleText(HOSTILE.principal)]],
    ['the search', '/investigate', 'activities, ', NAMES],
    ['the health page', '/health', 'Not understood', [BY_NUMBER]],
  ])('stand in %s as they are', async (name, path, shows, planted) => {
    const first = alerts.find(({ displayName }) => displayName === FIRST)!.name;
    await goTo(portal, { name, path: path.startsWith('?') ? `/alerts/${first}${path}` : path, shows });
    const text = await harmlessText();

    for (const one of planted) {
      expect(text).toContain(one);
    }
  });

  it('stand in the details of an activity, and in what SQL answers', async () => {
    const { page } = portal;
    await goTo(portal, { name: 'search', path: '/investigate?activity=statement', shows: 'Over time' });
    await page.getByRole('button', { name: 'Details of Statement' }).first().click();
    await page.getByText('Show the whole session').first().click();
    await page.getByText('Lasted').waitFor();
    expect(await harmlessText()).toContain(visibleText(HOSTILE.application));

    await goTo(portal, { name: 'sql', path: '/investigate/sql', shows: 'What can be asked' });
    await page.getByLabel('Query').fill(`SELECT user_name AS "${HOSTILE.table}", app_name FROM activities`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('heading', { name: 'Answer' }).waitFor();
    const text = await harmlessText();
    expect(text).toContain(visibleText(HOSTILE.table));
    expect(text).toContain(visibleText(HOSTILE.principal));
  });

  it('stand in records whose literals somebody asked for, and only then', async () => {
    const { page } = portal;
    const { name } = alerts.find(({ displayName }) => displayName === 'Program run through the database')!;
    await goTo(portal, { name, path: `/alerts/${name}`, shows: 'literals are masked' });
    expect(await harmlessText()).not.toContain(visibleText(HOSTILE.literal));
    await page.getByRole('button', { name: 'Show the literals…' }).click();
    await page.getByLabel('Why you need them').fill('To know what was run');
    await page.getByRole('button', { name: 'Show them' }).click();
    await page.getByText(/with their literals/).waitFor();

    expect(await harmlessText()).toContain(visibleText(HOSTILE.literal));
    const { items } = (await portal.call('GET', '/api/v1/audit-log?limit=50')) as { items: { action: string }[] };
    expect(items.map(({ action }) => action)).toContain('alerts.reveal');
  });

  it('have run nowhere', () => {
    expect(portal.complaints.filter((complaint) => !/ 401 \(Unauthorized\)/.test(complaint))).toEqual([]);
  });

  /** What the page says; fails where something of what was planted became a part of the page. */
  async function harmlessText(): Promise<string> {
    const planted = 'img[src="x"], svg[onload], iframe, script:not([src]), a[href^="javascript"], a[href*="evil"]';
    const found = await portal.page.evaluate(
      `[document.querySelectorAll(${JSON.stringify(planted)}).length, globalThis.hacked ?? null]`,
    );
    expect(found).toEqual([0, null]);
    return (await portal.page.textContent('body')) ?? '';
  }
});
