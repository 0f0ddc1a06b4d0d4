import { expect, it } from 'vitest';
import { allPages, overEveryStore, START } from './testkit.ts';

const kind = 'securityContacts';
const scope = '/subscriptions/s/providers/microsoft.security/securitycontacts/default';

overEveryStore('documents', (use) => {
  it('are kept by kind and scope, each with an etag', async () => {
    const { documents } = use().store;
    const body = { emails: ['ops@example.com'], nested: [{ a: null }] };

    const made = await documents.put({ kind, scope, body, time: START }, { ifNoneMatch: '*' });
    const again = await documents.put({ kind, scope, body: {}, time: START + 1 }, { ifMatch: made.document.etag });

    expect(made).toMatchObject({
      created: true,
      document: { kind, scope, body, createdTime: START, changedTime: START },
    });
    expect(again).toMatchObject({ created: false, document: { body: {}, createdTime: START, changedTime: START + 1 } });
    expect(await documents.get(kind, scope)).toEqual(again.document);
    expect(await documents.get('other', scope)).toBeUndefined();
    await expect(documents.put({ kind, scope, body, time: START }, { ifNoneMatch: '*' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(documents.remove(kind, scope, { ifMatch: made.document.etag })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await documents.remove(kind, scope)).toBe(true);
    expect(await documents.remove(kind, scope)).toBe(false);
  });

  it('made anew have another etag', async () => {
    const { documents } = use().store;
    const first = await documents.put({ kind, scope, body: 1, time: START });
    await documents.remove(kind, scope);
    const second = await documents.put({ kind, scope, body: 1, time: START + 1 });

    expect(second.document.etag).not.toBe(first.document.etag);
  });

  it('are listed below a scope, by pages', async () => {
    const { documents } = use().store;
    for (const name of ['/subscriptions/s/a', '/subscriptions/s/b', '/subscriptions/s2/a', '/subscriptions/t/a']) {
      await documents.put({ kind: 'rule', scope: name, body: name, time: START });
    }
    const below = async (under: string) => {
      return (await allPages((page) => documents.list('rule', under, page), 1)).map(({ body }) => body);
    };

    expect(await below('/subscriptions/s')).toEqual(['/subscriptions/s/a', '/subscriptions/s/b']);
    expect(await below('')).toHaveLength(4);
    expect(await below('/subscriptions/none')).toEqual([]);
  });
});
