import { type ByteWriter, createByteWriter } from './byte-writer.ts';
import { SnapshotError, type SnapshotScope } from './snapshot-scope.ts';
import { FORMAT, MAX_DEPTH, Tag, VIEWS } from './snapshot-tag.ts';
import { writeColumns } from './word-columns.ts';
import { writeRuns } from './word-runs.ts';

/** See `encodeSnapshot`. */
export function encodeValue(value: unknown, scope: SnapshotScope): Uint8Array {
  const writer = createByteWriter();
  writer.byte(FORMAT);
  createEncoder(writer, scope)(value);
  return writer.taken();
}

function createEncoder(writer: ByteWriter, { classes, externals = {} }: SnapshotScope): (value: unknown) => void {
  const classNames = new Map(Object.entries(classes).map(([name, type]) => [type.prototype, name]));
  const externalNames = new Map(Object.entries(externals).map(([name, object]) => [object, name]));
  const texts = new Map<string, number>();
  const objects = new Map<object, number>();
  const shapes = new Map<string, number>();
  /** Where in the data the value stands, for messages. */
  const path: string[] = [];

  function write(value: unknown): void {
    switch (typeof value) {
      case 'undefined':
        writer.byte(Tag.undefined);
        break;
      case 'boolean':
        writer.byte(value ? Tag.true : Tag.false);
        break;
      case 'number':
        writeNumber(writer, value);
        break;
      case 'string':
        writeText(value);
        break;
      case 'bigint':
        writer.byte(Tag.bigint);
        writer.text(value.toString());
        break;
      case 'object':
        writeObject(value);
        break;
      default:
        throw unfit(`a ${typeof value}`);
    }
  }

  function writeText(text: string): void {
    const known = texts.get(text);
    if (known === undefined) {
      texts.set(text, texts.size);
      writer.byte(Tag.text);
      writer.text(text);
    } else {
      writer.byte(Tag.knownText);
      writer.varint(known);
    }
  }

  /** @param elementBytes of the numbers in a buffer */
  function writeObject(object: object | null, elementBytes = 1): void {
    if (object === null) {
      writer.byte(Tag.null);
      return;
    }
    const external = externalNames.get(object);
    const known = objects.get(object);
    if (external !== undefined) {
      writer.byte(Tag.external);
      writeText(external);
    } else if (known !== undefined) {
      writer.byte(Tag.known);
      writer.varint(known);
    } else if (path.length >= MAX_DEPTH) {
      throw unfit('something too deep');
    } else {
      objects.set(object, objects.size);
      writeNew(object, elementBytes);
    }
  }

  function writeNew(object: object, elementBytes: number): void {
    if (Array.isArray(object)) {
      writeArray(object);
    } else if (object instanceof Map) {
      writer.byte(Tag.map);
      writer.varint(object.size);
      for (const [key, value] of object) {
        inside(String(key), key);
        inside(String(key), value);
      }
    } else if (object instanceof Set) {
      writer.byte(Tag.set);
      writer.varint(object.size);
      for (const value of object) {
        inside('*', value);
      }
    } else if (object instanceof ArrayBuffer) {
      writer.byte(elementBytes === 1 ? Tag.runs : Tag.columns);
      writer.varint(object.byteLength);
      (elementBytes === 1 ? writeRuns : writeColumns)(writer, object);
    } else if (ArrayBuffer.isView(object)) {
      writeView(object);
    } else {
      writeMembers(object);
    }
  }

  function writeArray(array: readonly unknown[]): void {
    writer.byte(Tag.array);
    writer.varint(array.length);
    for (let i = 0; i < array.length; i++) {
      if (i in array) {
        inside(String(i), array[i]);
      } else {
        writer.byte(Tag.hole);
      }
    }
  }

  /** Views of all of one buffer stay so; one of a part gets a buffer of its own. */
  function writeView(view: ArrayBufferView): void {
    const kind = VIEWS.findIndex((type) => Object.getPrototypeOf(view) === type.prototype);
    if (kind < 0) {
      throw unfit('an array of an unknown kind');
    }
    const { buffer, byteOffset, byteLength } = view;
    const isAll = byteLength === buffer.byteLength && buffer instanceof ArrayBuffer;
    writer.byte(Tag.view);
    writer.byte(kind);
    const own = isAll ? buffer : new Uint8Array(buffer, byteOffset, byteLength).slice().buffer;
    writeObject(own, (view as Uint8Array).BYTES_PER_ELEMENT); // all kinds have it
  }

  function writeMembers(object: object): void {
    const prototype: unknown = Object.getPrototypeOf(object);
    const isPlain = prototype === Object.prototype || prototype === null;
    const name = isPlain ? undefined : classNames.get(prototype as object);
    if (!isPlain && name === undefined) {
      throw unfit(`an instance of ${object.constructor.name}, which is not registered`);
    }
    const omitted = name === undefined ? [] : (classes[name]?.omits ?? []);
    const keys =
      omitted.length === 0 ? Object.keys(object) : Object.keys(object).filter((key) => !omitted.includes(key));
    writer.byte(name === undefined ? Tag.object : Tag.instance);
    if (name !== undefined) {
      writeText(name);
    }
    writeShape(keys);
    for (const key of keys) {
      inside(key, (object as Record<string, unknown>)[key]);
    }
  }

  /** The names of members are written once for all objects that have the same. */
  function writeShape(keys: readonly string[]): void {
    const shape = JSON.stringify(keys);
    const known = shapes.get(shape);
    writer.varint(known ?? shapes.size);
    if (known === undefined) {
      shapes.set(shape, shapes.size);
      writer.varint(keys.length);
      keys.forEach(writeText);
    }
  }

  function inside(key: string, value: unknown): void {
    if (typeof value === 'number') {
      writeNumber(writer, value);
      return;
    }
    path.push(key);
    write(value);
    path.pop();
  }

  function unfit(what: string): SnapshotError {
    return new SnapshotError(`a snapshot cannot hold ${what}, at ${path.join('.') || 'its top'}`);
  }

  return write;
}

function writeNumber(writer: ByteWriter, value: number): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    writer.byte(value < 0 ? Tag.negative : Tag.natural);
    writer.varint(Math.abs(value));
  } else {
    writer.byte(Tag.double);
    writer.double(value);
  }
}
