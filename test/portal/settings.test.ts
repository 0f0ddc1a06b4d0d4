import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNot } from '../why-not.ts';
import { whyNoBrowser } from './browser.ts';
import { faultsOf } from './faults-of.ts';
import { type OpenPortal, openPortal } from './open-portal.ts';

const reason = whyNot(whyNoBrowser());

describe.skipIf(reason !== undefined)('settings', { timeout: 180_000 }, () => {
  let portal: OpenPortal;
  let page: Page;

  beforeAll(async () => {
    portal = await openPortal();
    ({ page } = portal);
  }, 120_000);
  afterAll(() => portal?.close());

  const open = async (path: string, of = page) => {
    await of.goto(portal.server.url + path);
    await of.getByRole('heading', { level: 1 }).waitFor();
  };

  it('names a network, which holds at once, and forgets it again', async () => {
    await open('/settings');
    await page.getByRole('button', { name: 'Add a network' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Lisbon office');
    await dialog.getByLabel('Addresses').fill('203.0.113.0/24');
    await dialog.getByLabel('Country').fill('pt');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: 'Portugal' }).waitFor();

    expect(await portal.call('GET', '/api/v1/networks/Lisbon%20office')).toMatchObject({ location: { country: 'PT' } });
    await page.getByRole('button', { name: 'Remove what was set for Lisbon office' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('cell', { name: 'Portugal' }).waitFor({ state: 'detached' });
  });

  it('shows the secret of a token once', async () => {
    await open('/settings/tokens');
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('nightly report');
    await page.getByRole('dialog').getByRole('button', { name: 'Make it' }).click();
    const secret = (await page.getByRole('alertdialog').locator('code').textContent()) ?? '';
    const answer = await fetch(`${portal.server.url}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } });

    expect(await answer.json()).toMatchObject({ name: 'alex' });
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.reload();
    await page.getByRole('cell', { name: 'nightly report', exact: true }).waitFor();
    expect(await page.textContent('main')).not.toContain(secret);
    await page.getByRole('button', { name: 'Revoke the token nightly report' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Revoked').waitFor();
  });

  it('lets somebody in, as far as their role says', async () => {
    await open('/settings/users');
    await page.getByRole('button', { name: 'Add a user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('robin');
    await dialog.getByLabel('Password').fill('correct horse battery');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('row').filter({ hasText: 'robin' }).getByText('Security Reader').waitFor();

    const reader = await portal.pageOf('Security Reader');
    for (const [tab, what] of [
      ['users', 'You may not see the users'],
      ['audit', 'You may not see the audit log'],
      ['notifications', 'You may not see the notifications'],
      ['networks', 'You can look, but not change networks.'],
    ] as const) {
      await open(`/settings/${tab}`, reader);
      await reader.getByText(what).waitFor();
    }
    expect(await reader.getByRole('button', { name: 'Add a network' }).count()).toBe(0);
  });

  it('shows what was done, and that nobody changed the list of it', async () => {
    await open('/settings/audit');
    await page.getByText(/^The chain of \d+ entries is whole\.$/).waitFor();
    await page.getByLabel('What').fill('users.add');
    await page.getByRole('cell', { name: 'networks.change' }).first().waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'users.add' }).first().waitFor();
  });

  it('keeps who is mailed of the alerts of a subscription', async () => {
    await open('/settings/notifications');
    await page.getByRole('button', { name: /^Change the contact of 0000/ }).click();
    await page.getByRole('dialog').getByLabel('E-mail addresses').fill('soc@example.com\ndba@example.com');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();

    await page.getByRole('cell', { name: 'soc@example.com, dba@example.com' }).waitFor();
  });

  it('keeps people from being told for a time, once or each week', async () => {
    await open('/settings/notifications');
    await page.getByRole('button', { name: 'Add a window' }).click();
    await page.getByRole('dialog').getByLabel('What is done').fill('patching');
    await page.getByRole('dialog').getByLabel('From').fill('2027-01-05T22:00');
    await page.getByRole('dialog').getByLabel(/^To/).fill('2027-01-06T01:00');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Change the window “patching”' }).click();
    await page.getByRole('dialog').getByLabel('Each week').check();
    await page.getByRole('dialog').getByLabel('Time zone').fill('Europe/Berlin');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();

    await page.getByRole('cell', { name: 'Each sunday, 02:00 to 04:00 (Europe/Berlin)' }).waitFor();
    await page.getByRole('button', { name: 'Remove the window “patching”' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No maintenance window').waitFor();
  });

  it('changes until when and why something is expected, and who answers for it', async () => {
    const body = { scope: '/', principal: 'loadtest', reason: 'load test', until: '2027-01-01T00:00:00.000Z' };
    await portal.call('POST', '/api/v1/expected-rules', body);
    await open('/settings/rules');
    await page.getByRole('button', { name: 'Change the rule “load test”' }).click();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('dialog').getByLabel('Until').fill('2027-03-01T12:00');
    await page.getByRole('dialog').getByLabel('Who answers for it').fill('robin');
    await page.getByRole('dialog').getByLabel('Why').fill('load test, again');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();

    await page.getByRole('cell', { name: 'load test, again', exact: true }).waitFor();
    expect(await portal.call('GET', '/api/v1/expected-rules')).toMatchObject({
      items: [{ ...body, reason: 'load test, again', owner: 'robin', until: '2027-03-01T11:00:00.000Z' }],
    });
  });

  it('keeps what is usual on a resource for ever, and forgets what is not', async () => {
    await open('/resources/orders/normal');
    await page.getByRole('button', { name: 'Keep dbeaver of analyst for ever', exact: true }).click();
    await page.getByText('For ever', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Forget flyway of migrator' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();

    await page.getByRole('cell', { name: 'flyway', exact: true }).waitFor({ state: 'detached' });
    expect(await portal.call('GET', '/api/v1/resources/orders/decisions')).toMatchObject({
      items: [{ decision: 'pin' }, { decision: 'forget' }],
    });
  });

  it('shows a Security Reader how a resource is protected, and nothing to change it by', async () => {
    const reader = await portal.pageOf('Security Reader');
    await open('/resources/orders', reader);
    await reader.getByText('You can look, but not change how it is protected.').waitFor();

    expect(await reader.getByRole('switch').isDisabled()).toBe(true);
    expect(await reader.getByRole('button', { name: 'Save' }).count()).toBe(0);
  });

  it('has asked nobody else for anything, and nothing that the policy of the pages refuses', () => {
    expect(portal.complaints).toEqual([]);
  });
});
