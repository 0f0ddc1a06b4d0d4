import { KEY_TABLE_BYTES } from './key-table.ts';

/** What lies where in the memory that the scans share; addresses in bytes. */
export const PAGE_BYTES = 65_536;
/** Room below the block: results of the scan, then a page that readers use for unescaped text. */
export const SCRATCH = 64;
export const INDEX = PAGE_BYTES;
export const INDEX_ENTRIES = 65_536;
export const RECORDS = INDEX + INDEX_ENTRIES * 4;
export const RECORD_ENTRIES = 16_384;
/** What was found of a record, then what is looked for. */
export const FOUND = RECORDS + RECORD_ENTRIES * 4;
/** Values of a record that a reader may look for at most. */
export const FOUND_VALUES = 128;
export const FOUND_END = FOUND + FOUND_VALUES * 8;
/** What was taken of several records at once. */
export const TAKEN = FOUND_END;
export const TAKEN_BYTES = 4096;
export const TAKEN_END = TAKEN + TAKEN_BYTES;
export const KEYS = TAKEN_END;
/** The shape of JSON records that look alike: its parts, which take the place of keys, and the texts between values. */
export const SHAPE = KEYS;
export const SHAPE_PARTS = KEY_TABLE_BYTES / 16;
export const SHAPE_TEXTS = KEYS + KEY_TABLE_BYTES;
export const SHAPE_TEXT_BYTES = 8192;
/** How messages begin, in logs whose records have no shape. */
export const MESSAGES = SHAPE_TEXTS;
/** Four words of a hash. */
export const HASH = 48;
/** The secret by which texts are hashed, as long as they are not longer than this. */
export const HASHED_BYTES = 2048;
export const HASH_KEYS = SHAPE_TEXTS + SHAPE_TEXT_BYTES;
export const HASH_KEY_BYTES = 2 * HASHED_BYTES;
export const BLOCK = HASH_KEYS + HASH_KEY_BYTES;
/** The vector scan looks at 64 bytes at a time and may read past the end; words are loaded past it, too, and `endLine` writes there. */
export const PADDING = 192;
