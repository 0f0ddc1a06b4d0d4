import { describe, expect, it } from 'vitest';
import { at, brazil, dataAccess, home, office, vietnam } from '../testkit.ts';
import { found, keyOperation, ordinary } from './testkit.ts';

describe('fires', () => {
  it('on a colleague at a usual place, once a key is then used from a new one', () => {
    const use = dataAccess({ time: at(20, 13), address: vietnam });

    expect(found([...ordinary(20), keyOperation(), use])).toEqual(['unfamiliar caller Medium']);
  });
});

describe('stays quiet', () => {
  it('about a known caller who lists keys from another network of the country, and not about one abroad', () => {
    const weekly = [1, 3, 8, 10, 15, 17].map((n) => keyOperation({ time: at(n, 12) }));
    const history = [...ordinary(20), ...weekly].sort((a, b) => a.time - b.time);

    expect(found([...history, keyOperation({ address: home })])).toEqual([]);
    expect(found([...history, keyOperation({ address: brazil })])).toEqual(['unusual place Low']);
  });

  it('about a colleague who was noted, and comes again from another network of the country', () => {
    const again = (address: typeof office) => keyOperation({ address, time: at(23, 12) });

    expect(found([...ordinary(20), keyOperation(), again(home)])).toEqual(['unfamiliar caller Informational']);
    expect(found([...ordinary(20), keyOperation(), again(brazil)])).toEqual([
      'unfamiliar caller Informational',
      'unusual place Low',
    ]);
  });

  it('about a colleague who then reads by the key from where the keys were listed', () => {
    const own = { ...office, address: '198.51.100.8' };
    const use = dataAccess({ time: at(20, 13), address: own });

    expect(found([...ordinary(20), keyOperation({ address: own }), use])).toEqual(['unfamiliar caller Informational']);
  });
});
