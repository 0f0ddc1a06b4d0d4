/** Types of the compact protocol of Thrift, as far as Parquet's metadata need them. */
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;
const IS_TRUE = 1;
const SHORT_LIST = 15;

/** A field of a struct: its number, and what stands in it. */
export type ThriftField = readonly [id: number, value: ThriftValue];
export type ThriftValue =
  | { i32: number }
  | { i64: number }
  | { bytes: Uint8Array }
  | { flag: true }
  | { struct: readonly ThriftField[] }
  | { list: readonly ThriftValue[] };

/** A struct in the compact protocol of Thrift. Fields must ascend; numbers must be safe integers. */
export function thriftStruct(fields: readonly ThriftField[]): Uint8Array {
  const out: number[] = [];
  writeStruct(out, fields);
  return Uint8Array.from(out);
}

function writeStruct(out: number[], fields: readonly ThriftField[]): void {
  let before = 0;
  for (const [id, value] of fields) {
    out.push(((id - before) << 4) | typeOf(value));
    writeValue(out, value);
    before = id;
  }
  out.push(0);
}

function typeOf(value: ThriftValue): number {
  if ('i32' in value) {
    return I32;
  }
  if ('i64' in value) {
    return I64;
  }
  if ('bytes' in value) {
    return BINARY;
  }
  if ('list' in value) {
    return LIST;
  }
  return 'struct' in value ? STRUCT : IS_TRUE;
}

function writeValue(out: number[], value: ThriftValue): void {
  if ('i32' in value) {
    writeVarint(out, zigzag(value.i32));
  } else if ('i64' in value) {
    writeVarint(out, zigzag(value.i64));
  } else if ('bytes' in value) {
    writeVarint(out, value.bytes.length);
    for (const byte of value.bytes) {
      out.push(byte);
    }
  } else if ('struct' in value) {
    writeStruct(out, value.struct);
  } else if ('list' in value) {
    writeList(out, value.list);
  } // a flag is told by its type
}

function writeList(out: number[], list: readonly ThriftValue[]): void {
  const type = list.length === 0 ? STRUCT : typeOf(list[0]!);
  out.push((Math.min(list.length, SHORT_LIST) << 4) | type);
  if (list.length >= SHORT_LIST) {
    writeVarint(out, list.length);
  }
  for (const value of list) {
    writeValue(out, value);
  }
}

/** A whole number from 0 to 2^53, seven bits a byte. */
export function writeVarint(out: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    out.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  out.push(rest);
}

/** 0, -1, 1, -2 … as 0, 1, 2, 3 … */
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}
