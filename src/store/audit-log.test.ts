import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import type { NewAuditEntry } from './audit-log.ts';
import { openStore } from './open-store.ts';
import { allPages, overEveryStore, START } from './testkit.ts';

const entry = (n: number, changed: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  time: START + n,
  actor: 'ada',
  action: 'alerts.dismiss',
  target: '/subscriptions/s/resourcegroups/g',
  outcome: 'success',
  ...changed,
});

overEveryStore('the audit log', (use) => {
  it('is intact while it is empty', async () => {
    expect(await use().store.audit.verify()).toMatchObject({ intact: true, entries: 0 });
  });

  it('chains what is appended at once', async () => {
    const { audit } = use().store;
    const told = await Promise.all(Array.from({ length: 30 }, (_, n) => audit.append(entry(n, { detail: { n } }))));

    expect(told.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    expect(await audit.verify()).toEqual({ intact: true, entries: 30, head: told.at(-1)!.hash });
  });

  it('is listed newest first, and filtered', async () => {
    const { audit } = use().store;
    const hostile = { actor: 'a\0b\uD800', detail: { text: '\0' }, address: '2001:db8::1', target: '/subscriptions/t' };
    const last = await audit.append(entry(50, { ...hostile, action: 'session.sign-in', outcome: 'failure' }));

    expect(last).toMatchObject({ actor: 'a\uFFFDb\uFFFD', address: '2001:db8::1', detail: { text: '\0' } });
    expect((await audit.list({}, { limit: 1 })).items).toEqual([last]);
    expect(await allPages((page) => audit.list({ actor: 'ada' }, page), 7)).toHaveLength(30);
    expect((await audit.list({ action: 'session.sign-in' }, { limit: 9 })).items).toEqual([last]);
    expect((await audit.list({ target: '/subscriptions/t' }, { limit: 9 })).items).toEqual([last]);
    expect((await audit.list({ from: START + 3, to: START + 5 }, { limit: 9 })).items).toHaveLength(2);
    expect(await audit.verify()).toMatchObject({ intact: true, entries: 31 });
  });

  it('goes on where two processes append', async () => {
    if (use().dialect === 'sqlite') {
      return; // a second process is refused
    }
    const other = await openStore(use().url);
    const both = [use().store, other];

    await Promise.all(Array.from({ length: 20 }, (_, n) => both[n % 2]!.audit.append(entry(n))));

    expect(await other.audit.verify()).toMatchObject({ intact: true, entries: 51 });
    await other.close();
  });

  it.each([
    ['a changed entry', "update audit_entry set actor = 'eve' where sequence = 7", { brokenAt: 7 }],
    ['a removed entry', 'delete from audit_entry where sequence = 5', { brokenAt: 5 }],
  ])('shows %s', async (_, sql, broken) => {
    if (use().dialect !== 'sqlite') {
      return; // the walk is the same; a file is what one can reach behind our back
    }
    const file = new DatabaseSync(use().url.slice('sqlite:'.length));
    file.exec(sql);
    file.close();

    expect(await use().store.audit.verify()).toMatchObject({ intact: false, ...broken });
  });
});
