import { expect, it } from 'vitest';
import { Names } from './names.ts';
import { replaceNames } from './replace-names.ts';

function intern(names: Names, text: string): number {
  const bytes = new TextEncoder().encode(`${text}\0\0\0\0`);
  return names.intern(new DataView(bytes.buffer), 0, bytes.length - 4);
}

it('puts other texts in the place of some: ids stay, and of the texts nothing is left', () => {
  const names = new Names();
  const texts = Array.from({ length: 500 }, (_, i) => `name ${i}`);
  const ids = texts.map((text) => intern(names, text));
  names.sweep((id) => id % 5 !== 0);
  const kept = ids.filter((id) => id % 5 !== 0);
  const changed = replaceNames(names, (text) => (text.endsWith('7') ? 'a name that is longer' : text));
  const [first, second] = changed;

  expect(changed).toEqual(kept.filter((id) => texts[id - 1]!.endsWith('7')));
  expect([names.textOf(first!), names.textOf(second!)]).toEqual(['a name that is longer', 'a name that is longer 2']);
  for (const id of kept.filter((other) => !changed.includes(other))) {
    expect([names.textOf(id), intern(names, texts[id - 1]!)]).toEqual([texts[id - 1], id]);
  }
  expect(intern(names, 'a name that is longer')).toBe(first);
  expect(changed).not.toContain(intern(names, 'name 7'));
  expect(JSON.stringify(Object.values(names).map((value) => String(value)))).not.toContain('name 177');
  expect(replaceNames(names, (text) => text)).toEqual([]);
});
