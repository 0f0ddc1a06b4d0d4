import { expect, it } from 'vitest';
import { viewsIn } from './saved-views.ts';

it('reads views by name, and of each what makes sense', () => {
  const views = [
    { name: 'Shop', search: { text: 'shop', status: ['Resolved', 'Nonsense'] } },
    { name: 'Grave', search: { severity: ['High'] } },
  ];

  expect(viewsIn(JSON.stringify(views))).toEqual([
    { name: 'Grave', search: { severity: ['High'] } },
    { name: 'Shop', search: { text: 'shop', status: ['Resolved'] } },
  ]);
});

it.each(['', '{', '{}', 'null', '[null, 1, {"name": 1}, {"name": "x"}]'])('finds none in %j', (text) => {
  expect(viewsIn(text)).toEqual([]);
});
