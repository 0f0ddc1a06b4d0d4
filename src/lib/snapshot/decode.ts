import { type ByteReader, createByteReader } from './byte-reader.ts';
import { MAX_SNAPSHOT_BYTES, type Restored, SnapshotError, type SnapshotScope } from './snapshot-scope.ts';
import { FORMAT, MAX_DEPTH, Tag, VIEWS } from './snapshot-tag.ts';
import { readColumns } from './word-columns.ts';
import { readRuns } from './word-runs.ts';

/** What an object takes at least: bounds what a corrupt snapshot can make. */
const OBJECT_BYTES = 16;

/** See `decodeSnapshot`. */
export function decodeValue(bytes: Uint8Array, scope: SnapshotScope): unknown {
  const reader = createByteReader(bytes);
  if (reader.left === 0 || reader.byte() !== FORMAT) {
    throw new SnapshotError('the bytes are no snapshot of this format');
  }
  const value = readAll(reader, scope);
  if (reader.left > 0) {
    throw new SnapshotError('a snapshot goes on behind its end');
  }
  return value;
}

function readAll(reader: ByteReader, scope: SnapshotScope): unknown {
  const { classes, externals = {}, standIn, maxBytes = MAX_SNAPSHOT_BYTES } = scope;
  const texts: string[] = [];
  const objects: object[] = [];
  const shapes: string[][] = [];
  const restored: Restored[] = [];
  let depth = 0;
  let room = maxBytes;

  const READERS: Readonly<Record<number, () => unknown>> = {
    [Tag.undefined]: () => undefined,
    [Tag.null]: () => null,
    [Tag.true]: () => true,
    [Tag.false]: () => false,
    [Tag.natural]: () => reader.varint(),
    [Tag.negative]: () => -reader.varint(),
    [Tag.double]: () => reader.double(),
    [Tag.text]: readNewText,
    [Tag.knownText]: () => at(texts, reader.varint()),
    [Tag.bigint]: readBigInt,
    [Tag.known]: () => at(objects, reader.varint()),
    [Tag.array]: readArray,
    [Tag.object]: () => readMembers(note({})),
    [Tag.instance]: readInstance,
    [Tag.map]: readMap,
    [Tag.set]: readSet,
    [Tag.runs]: () => readBuffer(readRuns),
    [Tag.columns]: () => readBuffer(readColumns),
    [Tag.view]: readView,
    [Tag.external]: () => external(readText()),
  };

  function read(tag = reader.byte()): unknown {
    const readTagged = READERS[tag];
    if (readTagged === undefined) {
      throw new SnapshotError('a snapshot holds something of an unknown kind');
    }
    if (++depth > MAX_DEPTH) {
      throw new SnapshotError('a snapshot is too deep');
    }
    const value = readTagged();
    depth--;
    return value;
  }

  function readText(): string {
    const text = read();
    if (typeof text !== 'string') {
      throw new SnapshotError('a snapshot holds something else where a name must be');
    }
    return text;
  }

  function readNewText(): string {
    const text = reader.text();
    spend(text.length);
    texts.push(text);
    return text;
  }

  function readBigInt(): bigint {
    const text = reader.text();
    if (!/^-?\d{1,4096}$/.test(text)) {
      throw new SnapshotError('a snapshot holds a number that is none');
    }
    return BigInt(text);
  }

  /** Objects are numbered in the order in which they begin. */
  function note<T extends object>(object: T): T {
    spend(OBJECT_BYTES);
    objects.push(object);
    return object;
  }

  function spend(bytes: number): void {
    room -= bytes;
    if (room < 0) {
      throw new SnapshotError(`a snapshot takes more than ${maxBytes} bytes of memory`);
    }
  }

  /** How many values follow: each takes a byte at least. */
  function count(): number {
    const length = reader.varint();
    if (length > reader.left) {
      throw new SnapshotError('a snapshot ends too early');
    }
    return length;
  }

  function readArray(): unknown[] {
    const array: unknown[] = note([]);
    const length = count();
    for (let i = 0; i < length; i++) {
      const tag = reader.byte();
      array.length = i + 1;
      if (tag !== Tag.hole) {
        array[i] = read(tag);
      }
    }
    return array;
  }

  function readMembers<T extends object>(object: T): T {
    const members = object as Record<string, unknown>;
    for (const key of readShape()) {
      const value = read();
      if (key === '__proto__') {
        throw new SnapshotError('a snapshot holds a member of a forbidden name');
      }
      members[key] = value;
    }
    return object;
  }

  function readShape(): string[] {
    const number = reader.varint();
    if (number < shapes.length) {
      return shapes[number]!;
    }
    const length = count();
    const shape = Array.from({ length }, () => readText());
    shapes.push(shape);
    return shape;
  }

  function readInstance(): object {
    const name = readText();
    const type = Object.hasOwn(classes, name) ? classes[name] : undefined;
    if (type === undefined) {
      throw new SnapshotError(`a snapshot holds an instance of ${name}, which this version does not know`);
    }
    const instance = readMembers(note(Object.create(type.prototype) as object));
    if ('restored' in instance) {
      restored.push(instance as Restored);
    }
    return instance;
  }

  function readMap(): Map<unknown, unknown> {
    const map = note(new Map<unknown, unknown>());
    const size = count();
    for (let i = 0; i < size; i++) {
      const key = read();
      map.set(key, read());
    }
    return map;
  }

  function readSet(): Set<unknown> {
    const set = note(new Set<unknown>());
    const size = count();
    for (let i = 0; i < size; i++) {
      set.add(read());
    }
    return set;
  }

  function readBuffer(fill: (reader: ByteReader, buffer: ArrayBuffer) => void): ArrayBuffer {
    const length = reader.varint();
    spend(length);
    const buffer = note(new ArrayBuffer(length));
    fill(reader, buffer);
    return buffer;
  }

  /** Its number comes before that of its buffer. */
  function readView(): ArrayBufferView {
    const type = at(VIEWS, reader.byte()) as Uint8ArrayConstructor; // all of them are made alike, but Buffer
    const place = objects.push({}) - 1;
    const buffer = read();
    if (!(buffer instanceof ArrayBuffer) || buffer.byteLength % type.BYTES_PER_ELEMENT !== 0) {
      throw new SnapshotError('a snapshot holds an array without its numbers');
    }
    const view = Object.is(type, Buffer) ? Buffer.from(buffer) : new type(buffer);
    objects[place] = view;
    return view;
  }

  function external(name: string): object {
    const object = Object.hasOwn(externals, name) ? externals[name] : standIn?.(name);
    if (object === undefined) {
      throw new SnapshotError(`a snapshot refers to ${name}, which is not there`);
    }
    return object;
  }

  const value = read();
  restored.forEach(restore);
  return value;
}

/** Members of the wrong kind show here at the earliest. */
function restore(instance: Restored): void {
  try {
    instance.restored();
  } catch (error) {
    throw new SnapshotError(`a snapshot holds ${instance.constructor.name} in a state that it cannot have`, {
      cause: error,
    });
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) {
    throw new SnapshotError('a snapshot refers to something that it does not hold');
  }
  return item;
}
