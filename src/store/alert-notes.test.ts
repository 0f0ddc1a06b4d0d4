import { expect, it } from 'vitest';
import { aResource, aWrite, overEveryStore, START } from './testkit.ts';

overEveryStore('what people said about alerts', (use) => {
  it('is changed for the resources that are meant, however much there is of it', async () => {
    const { alerts } = use().store;
    const other = aWrite(2, { resourceKey: aResource('other').key });
    const writes = [aWrite(1), other];
    await alerts.upsertOwn(writes);
    for (const { alert } of writes) {
      for (let n = 0; n < 600; n++) {
        await alerts.comment({
          id: `${alert.name}${n}`,
          alertName: alert.name,
          by: 'ada',
          time: START,
          text: `${n} of ann`,
        });
      }
      for (const reason of ['known to ann', 'expected']) {
        await alerts.changeStatus(alert.name, { status: 'Resolved', by: 'ada', time: START, reason });
      }
      await alerts.changeStatus(alert.name, { status: 'Active', by: 'ada', time: START, reason: 'ann again' });
    }
    await alerts.rewriteNotes([aWrite(1).resourceKey], (text) => text.replaceAll('ann', 'somebody'));
    await use().store.overwrite();
    const [told, kept] = await Promise.all(
      writes.map(async ({ alert: { name } }) => {
        const reasons = (await alerts.statusChanges(name)).map(({ reason }) => reason);
        const latest = (await alerts.get(name))!.statusChange?.reason;
        return { comments: (await alerts.comments(name)).map(({ text }) => text), reasons, latest };
      }),
    );

    expect(told!.comments.filter((text) => text.endsWith(' of somebody'))).toHaveLength(600);
    expect([told!.reasons, told!.latest]).toEqual([
      ['known to somebody', 'expected', 'somebody again'],
      'somebody again',
    ]);
    expect(kept!.comments.filter((text) => text.endsWith(' of ann'))).toHaveLength(600);
    expect([kept!.reasons, kept!.latest]).toEqual([['known to ann', 'expected', 'ann again'], 'ann again']);
  });
});
