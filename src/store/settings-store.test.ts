import { expect, it } from 'vitest';
import { allPages, aResource, overEveryStore, START } from './testkit.ts';

const by = { changedBy: 'ada', changedTime: START };

overEveryStore('settings', (use) => {
  it('of a scope are made, changed under a condition and removed', async () => {
    const { settings } = use().store;
    const scope = aResource('orders').key;
    const made = await settings.putOverride({ scope, settings: { protection: 'off' }, ...by }, { ifNoneMatch: '*' });
    const etag = made.etag;

    expect(await settings.override(scope)).toEqual({ scope, settings: { protection: 'off' }, ...by, etag });
    const changed = { scope, settings: { detectors: { 'brute-force': { sensitivity: 'low' } } }, ...by };
    await expect(settings.putOverride(changed, { ifNoneMatch: '*' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(settings.putOverride(changed, { ifMatch: 'x-9' })).rejects.toMatchObject({ code: 'conflict' });
    const second = await settings.putOverride(changed, { ifMatch: etag });
    await expect(settings.putOverride(changed, { ifMatch: etag })).rejects.toMatchObject({ code: 'conflict' });
    expect(await settings.overrides()).toEqual([{ ...changed, etag: second.etag }]);
    await expect(settings.removeOverride(scope, { ifMatch: etag })).rejects.toMatchObject({ code: 'conflict' });
    await settings.removeOverride(scope, { ifMatch: second.etag });
    await expect(settings.removeOverride(scope)).rejects.toMatchObject({ code: 'not-found' });
    await expect(settings.putOverride(changed, { ifMatch: '*' })).rejects.toMatchObject({ code: 'conflict' });
    expect(await settings.override(scope)).toBeUndefined();
  });

  it('of a fleet are ordered by rank', async () => {
    const { settings } = use().store;
    await settings.putPolicy({ name: 'prod', rank: 2, match: { namePattern: 'prod-*' }, settings: {}, ...by });
    await settings.putPolicy({ name: 'all', rank: 1, match: {}, settings: { protection: 'on' }, ...by });

    expect((await settings.policies()).map(({ name }) => name)).toEqual(['all', 'prod']);
    await settings.putPolicy({ name: 'all', rank: 3, match: {}, settings: {}, ...by });
    expect((await settings.policies()).map(({ name }) => name)).toEqual(['prod', 'all']);
    await settings.removePolicy('all');
    expect(await settings.policies()).toMatchObject([{ name: 'prod', match: { namePattern: 'prod-*' }, rank: 2 }]);
  });

  it('tell that they changed: to who listens here, and by a number to other processes', async () => {
    const { documents, resources, settings } = use().store;
    const before = await settings.revision();
    let told = 0;
    const stop = settings.watch(() => {
      told++;
    });

    await settings.putOverride({ scope: '/subscriptions/s', settings: {}, ...by });
    await resources.put({ resource: aResource('new'), origin: 'added', time: START });
    await documents.put({ kind: 'rule', scope: '/a', body: {}, time: START });
    stop();
    await settings.removeOverride('/subscriptions/s');

    expect(told).toBe(3);
    expect(await settings.revision()).toBe(before + 4);
  });
});

overEveryStore('resources', (use) => {
  it('are made, changed and forgotten with their settings', async () => {
    const { resources, settings } = use().store;
    const resource = aResource('Orders');
    const made = await resources.put({ resource, origin: 'configured', time: START });
    const tags = { team: 'shop' };

    const changed = await resources.put(
      {
        resource: { ...resource, id: resource.id.toUpperCase() },
        origin: 'added',
        tags,
        declaration: { logs: [] },
        time: START + 5,
      },
      { ifMatch: made.etag },
    );

    expect(changed).toMatchObject({ resource, origin: 'added', tags, firstSeenTime: START, changedTime: START + 5 });
    expect(await resources.get(resource.key)).toEqual({ ...changed, declaration: { logs: [] } });
    await settings.putOverride({ scope: resource.key, settings: {}, ...by });
    await resources.remove(resource.key);
    expect(await resources.get(resource.key)).toBeUndefined();
    expect(await settings.override(resource.key)).toBeUndefined();
    await expect(resources.remove(resource.key)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are discovered up to a cap', async () => {
    const { resources } = use().store;
    const named = (...names: string[]) =>
      names.map((name) => ({ resource: aResource(name), origin: 'discovered', time: START }) as const);

    expect(await resources.discover(named('a', 'b'), 3)).toEqual([aResource('a').key, aResource('b').key]);
    expect(await resources.discover(named('b', 'c', 'd'), 3)).toEqual([aResource('c').key]);
    expect(await resources.get(aResource('d').key)).toBeUndefined();
  });

  it('are listed by pages and filtered', async () => {
    const { resources } = use().store;
    await resources.put({
      resource: { ...aResource('z_1', 'Other'), engine: 'cosmosdb' },
      origin: 'configured',
      time: START,
    });
    const names = async (filter: Parameters<typeof resources.list>[0]) =>
      (await allPages((page) => resources.list(filter, page), 2)).map(({ resource }) => resource.name);

    expect(await names({})).toEqual(['z_1', 'a', 'b', 'c']);
    expect(await names({ origins: ['discovered'] })).toEqual(['a', 'b', 'c']);
    expect(await names({ engine: 'cosmosdb' })).toEqual(['z_1']);
    expect(await names({ text: 'Z_' })).toEqual(['z_1']);
    expect(await names({ text: '%' })).toEqual([]);
    expect(await names({ scopes: [aResource('a').key] })).toEqual(['a']);
  });
});
