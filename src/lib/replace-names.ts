import { MAX_NAME_BYTES, type Names } from './names.ts';

/** Puts other texts in the place of some, so that nothing is left of these. Gives their ids, which stay. */
export function replaceNames(names: Names, change: (text: string) => string): number[] {
  const ids = names.ids();
  const changed = ids.filter((id) => change(names.textOf(id)) !== names.textOf(id));
  if (changed.length === 0) {
    return changed;
  }
  const known = new Set(ids.map((id) => names.textOf(id)));
  const instead = new Map<number, Uint8Array>();
  for (const id of changed) {
    const text = unlike(known, change(names.textOf(id)));
    known.add(text);
    instead.set(id, Buffer.from(text).subarray(0, MAX_NAME_BYTES));
  }
  names.reset((id) => instead.get(id) ?? names.bytesOf(id, (bytes, start, end) => bytes.slice(start, end)));
  return changed;
}

/** A text that is not there yet: each id stands for one of its own. */
function unlike(known: ReadonlySet<string>, text: string): string {
  let other = text;
  for (let n = 2; known.has(other); n++) {
    other = `${text} ${n}`;
  }
  return other;
}
