import { expect, it } from 'vitest';
import type { ResourceHealth } from '../model/resource-health.ts';
import { overEveryStore, START } from './testkit.ts';

const row = (resourceKey: string, records: number): ResourceHealth => ({
  resourceKey,
  name: resourceKey,
  waitingBytes: 0,
  recordsPerSecond: 1.5,
  records,
  activities: 1,
  skipped: 2,
  late: 0,
  rejected: [{ reason: 'torn', count: 1, where: 'a.csv:7', example: '\\x00<b>' }],
  gaps: [],
  longestSilencesMs: [5],
  checkedTime: START,
});

overEveryStore('health', (use) => {
  it('is kept by resource', async () => {
    const { health } = use().store;
    await health.put([row('b', 1), row('a', 1)]);
    await health.put([row('a', 2)]);

    expect(await health.list()).toEqual([row('a', 2), row('b', 1)]);
    expect(await health.get('b')).toEqual(row('b', 1));
    expect(await health.get('c')).toBeUndefined();
  });

  it('has one notice of a kind for a resource', async () => {
    const { health } = use().store;
    await health.raise({ resourceKey: 'a', kind: 'quiet', text: 'quiet for 1 h', sinceTime: START });
    await health.raise({ resourceKey: 'a', kind: 'quiet', text: 'quiet for 2 h', sinceTime: START + 1 });
    await health.raise({ resourceKey: 'a', kind: 'lost-input', text: '5 bytes', sinceTime: START + 2 });

    expect((await health.notices()).map(({ text, sinceTime }) => [text, sinceTime])).toEqual([
      ['5 bytes', START + 2],
      ['quiet for 2 h', START],
    ]);
    await health.clear('a', 'quiet');
    expect(await health.notices()).toHaveLength(1);
  });
});
