import { expect, it } from 'vitest';
import { allPages, overEveryStore, START } from './testkit.ts';

const LEASE_MS = 60_000;

overEveryStore('the outbox', (use) => {
  const claim = (channel: string, time: number, limit = 10) =>
    use().store.outbox.claim({ channel, by: 'test', time, leaseMs: LEASE_MS, limit });
  const message = (alertName: string, alertVersion: number, dueTime = START, channel = 'email') => ({
    alertName,
    alertVersion,
    channel,
    dueTime,
  });

  it('holds one message of an alert, a version and a channel', async () => {
    const { outbox } = use().store;

    expect(await outbox.add([message('a', 1), message('a', 1), message('a', 1, START, 'hook')])).toBe(2);
    expect(await outbox.add([message('a', 1, START + 5)])).toBe(0);
    expect(await outbox.get('a/1/email')).toMatchObject({ id: 'a/1/email', dueTime: START, attempts: 0 });
  });

  it('gives a message to one sender at a time, and again when its lease is over', async () => {
    expect((await claim('hook', START)).map(({ id }) => id)).toEqual(['a/1/hook']);
    expect(await claim('hook', START + LEASE_MS - 1)).toEqual([]);
    expect(await claim('hook', START + LEASE_MS)).toMatchObject([{ id: 'a/1/hook', attempts: 2 }]);
    expect(await use().store.outbox.holders(START + LEASE_MS)).toEqual(['test']);
    expect(await use().store.outbox.holders(START + 2 * LEASE_MS)).toEqual([]);
    await use().store.outbox.release('another');
    expect(await claim('hook', START + LEASE_MS + 1)).toEqual([]);
    await use().store.outbox.release('test');
    expect(await claim('hook', START + LEASE_MS + 1)).toMatchObject([{ id: 'a/1/hook', attempts: 3 }]);
    await use().store.outbox.markSent(['a/1/hook'], START + LEASE_MS);
    expect(await claim('hook', START + 10 * LEASE_MS)).toEqual([]);
    expect(await use().store.outbox.get('a/1/hook')).toMatchObject({ state: 'sent', sentTime: START + LEASE_MS });
  });

  it('keeps the order of the versions of one alert, and lets no alert wait for another', async () => {
    const { outbox } = use().store;
    await outbox.add([message('a', 3), message('a', 2), message('b', 1, START - 1), message('c', 1, START + 1)]);

    expect((await claim('email', START)).map(({ id }) => id)).toEqual(['b/1/email', 'a/1/email']);
    await outbox.retry('a/1/email', START + 50, 'the server said 451');
    expect(await claim('email', START + 49)).toMatchObject([{ id: 'c/1/email' }]);
    expect(await claim('email', START + 50)).toMatchObject([{ id: 'a/1/email', lastError: 'the server said 451' }]);
    await outbox.bury('a/1/email', 'refused for 24 hours');
    expect((await claim('email', START + 50)).map(({ id }) => id)).toEqual(['a/2/email']);
    await outbox.markSent(['a/2/email'], START + 51);
    expect((await claim('email', START + 51, 1)).map(({ id }) => id)).toEqual(['a/3/email']);
  });

  it('lets nothing wait for a milder version that waits for its time', async () => {
    const { outbox } = use().store;
    const day = START + 86_400_000;
    await outbox.add([message('h', 2, day, 'people')]);
    await outbox.add([message('h', 4, START, 'people')]);

    expect(await claim('people', START)).toMatchObject([{ id: 'h/2/people', attempts: 1 }]);
    await outbox.hold('h/2/people', day, 'waits for the digest');
    expect(await claim('people', START)).toMatchObject([{ id: 'h/2/people', attempts: 1 }]);
    await outbox.markSent(['h/2/people'], START);
    expect(await claim('people', START)).toMatchObject([{ id: 'h/4/people' }]);
    await outbox.hold('h/4/people', day, 'waits for the storm to end');
    expect(await claim('people', day - 1)).toEqual([]);
    expect(await claim('people', day)).toMatchObject([{ attempts: 1, lastError: 'waits for the storm to end' }]);
    await outbox.markSent(['h/4/people'], day);
  });

  it('sends what was given up again when somebody asks', async () => {
    const { outbox } = use().store;
    expect(await outbox.get('a/1/email')).toMatchObject({ state: 'dead', lastError: 'refused for 24 hours' });

    await outbox.resend('a/1/email', START + 60);

    expect(await claim('email', START + 60)).toMatchObject([{ id: 'a/1/email', attempts: 1 }]);
    await expect(outbox.resend('z/1/email', START)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('never gives one message to two senders who ask at once', async () => {
    const { outbox } = use().store;
    await outbox.add(Array.from({ length: 60 }, (_, n) => message(`d${n}`, 1, START, 'siem')));

    const claims = await Promise.all(Array.from({ length: 8 }, () => claim('siem', START, 20)));

    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids, ...(await claim('siem', START, 100)).map(({ id }) => id)]).toHaveLength(60);
  });

  it('shows what is silenced and why, gives it to nobody, and wakes it when it is to be told after all', async () => {
    const { outbox } = use().store;
    const quiet = { ...message('q', 1, START, 'quiet'), silenced: 'maintenance: patching (dba)' };
    await outbox.add([quiet]);

    expect(await claim('quiet', START)).toEqual([]);
    expect(await outbox.get('q/1/quiet')).toMatchObject({ state: 'silenced', lastError: quiet.silenced });
    await outbox.add([quiet]);
    expect(await claim('quiet', START)).toEqual([]);
    await outbox.add([message('q', 1, START + 1, 'quiet')]);
    expect((await claim('quiet', START + 1)).map(({ id }) => id)).toEqual(['q/1/quiet']);
    await outbox.silence('q/1/quiet', 'dismissed meanwhile');
    expect(await outbox.get('q/1/quiet')).toMatchObject({ state: 'silenced', lastError: 'dismissed meanwhile' });
    await outbox.resend('q/1/quiet', START + 2);
    await outbox.markSent(['q/1/quiet'], START + 3);
    await outbox.add([message('q', 1, START + 4, 'quiet')]);
    expect(await outbox.get('q/1/quiet')).toMatchObject({ state: 'sent' });
  });

  it('is listed by pages, counted by channel and state, and pruned of what is done', async () => {
    const { outbox } = use().store;
    const dead = await outbox.list({ states: ['sent'], channel: 'hook' }, { limit: 5 });

    expect(dead.items.map(({ id }) => id)).toEqual(['a/1/hook']);
    expect(await allPages((page) => outbox.list({ channel: 'siem' }, page), 7)).toHaveLength(60);
    expect(await outbox.list({ states: [] }, { limit: 5 })).toEqual({ items: [] });
    expect(await outbox.depths()).toContainEqual({
      channel: 'siem',
      state: 'waiting',
      count: 60,
      oldestDueTime: START,
    });
    expect(await outbox.prune(Number.MAX_SAFE_INTEGER, 100)).toBe(5);
    expect(await outbox.list({ states: ['sent', 'dead', 'silenced'] }, { limit: 5 })).toEqual({ items: [] });
  });
});
