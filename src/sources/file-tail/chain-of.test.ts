import { expect, it } from 'vitest';
import { chainOf } from './chain-of.ts';

it('names the files of one log alike, however they are rotated', () => {
  const names = ['shop.json', 'shop.json.1', 'shop.json.2.gz', 'shop.json-20261129', 'shop.json-20261129.zst'];
  expect(new Set(names.map((name) => chainOf(`/exports/${name}`)))).toEqual(new Set(['/exports/shop.json']));
  expect(chainOf('/exports/shop-2026-11-29.json')).toBe(chainOf('/exports/shop-2026-11-30.json'));
  expect(chainOf('/exports/orders.json')).not.toBe(chainOf('/exports/shop.json'));
});
