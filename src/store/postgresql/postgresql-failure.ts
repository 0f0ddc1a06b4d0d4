import { StoreError } from '../store-error.ts';

/**
 * Classes of SQLSTATE that pass: connection, no authorization (a password is being changed), no such database (it is
 * being restored), transaction rollback, resources, operator intervention, system error.
 * postgresql.org/docs/current/errcodes-appendix.html
 */
const PASSING_CLASSES = ['08', '28', '3D', '40', '53', '57', '58'];
/** Lock not available; read-only transaction, as on a server that a failover left behind. */
const PASSING = ['55P03', '25006'];
const UNIQUE_VIOLATION = '23505';

/** The error of the driver in our words. What PostgreSQL says of rows (`detail`) is left out. */
export function postgresqlFailure(error: unknown): StoreError {
  if (error instanceof StoreError) {
    return error;
  }
  const text = error instanceof Error ? error.message : String(error);
  const state = sqlState(error);
  if (state === undefined) {
    return error instanceof TypeError || error instanceof RangeError
      ? new StoreError('broken', `PostgreSQL: ${text}`, error)
      : new StoreError('unavailable', `The database server does not answer: ${text || errorCode(error)}`, error);
  }
  if (PASSING.includes(state) || PASSING_CLASSES.some((start) => state.startsWith(start))) {
    return new StoreError('unavailable', `The database server refuses: ${text}`, error);
  }
  return new StoreError(state === UNIQUE_VIOLATION ? 'conflict' : 'broken', `PostgreSQL: ${text}`, error);
}

/** Serialization failure or deadlock: the same transaction succeeds when it is simply run again. */
export function isLostRace(error: unknown): boolean {
  return ['40001', '40P01'].includes(sqlState(error) ?? '');
}

function sqlState(error: unknown): string | undefined {
  const code = errorCode(error);
  return /^[0-9A-Z]{5}$/.test(code) && error instanceof Error && 'severity' in error ? code : undefined;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
