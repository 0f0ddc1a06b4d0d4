import { StoreError, type StoreErrorCode } from '../store-error.ts';

/** Primary result codes; sqlite.org/rescode.html. */
const SQLITE = {
  busy: 5,
  locked: 6,
  noMemory: 7,
  readOnly: 8,
  interrupt: 9,
  io: 10,
  full: 13,
  cannotOpen: 14,
} as const;
const CONSTRAINT = 19;
/** `SQLITE_CORRUPT` and `SQLITE_NOTADB`. */
const DAMAGED = [11, 26];
/** Extended codes hold the primary one in their lowest byte. */
const PRIMARY_MASK = 0xff;

const SENTENCES: Readonly<Record<number, string>> = {
  [SQLITE.busy]: 'The database file is locked by another process.',
  [SQLITE.locked]: 'The database file is locked.',
  [SQLITE.noMemory]: 'There is no memory for the database.',
  [SQLITE.readOnly]: 'The database file cannot be written.',
  [SQLITE.interrupt]: 'The database was interrupted.',
  [SQLITE.io]: 'The disk of the database file does not answer.',
  [SQLITE.full]: 'The disk of the database file is full.',
  [SQLITE.cannotOpen]: 'The database file cannot be opened.',
};

/** The error of `node:sqlite` in our words. */
export function sqliteFailure(error: unknown): StoreError {
  if (error instanceof StoreError) {
    return error;
  }
  const primary = errorCode(error) & PRIMARY_MASK;
  const text = error instanceof Error ? error.message : String(error);
  if (SENTENCES[primary] !== undefined) {
    return new StoreError('unavailable', `${SENTENCES[primary]} (${text})`, error);
  }
  if (DAMAGED.includes(primary)) {
    const remedy = 'bring back a backup of it (vedette restore), or move it away to begin anew';
    return new StoreError('broken', `The database file is damaged: ${remedy}. (${text})`, error);
  }
  const code: StoreErrorCode = primary === CONSTRAINT ? 'conflict' : 'broken';
  return new StoreError(code, `SQLite: ${text}`, error);
}

function errorCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;
}
