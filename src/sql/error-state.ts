/** SQLSTATEs are packed into numbers in this base (see `Activity.status`). */
const BASE = 36;
const packed = (state: string) => Number.parseInt(state, BASE);

/** SQLSTATEs that tell something of the text of a statement. postgresql.org/docs/current/errcodes-appendix.html */
export const ErrorState = {
  syntaxError: packed('42601'),
  undefinedColumn: packed('42703'),
  undefinedFunction: packed('42883'),
  undefinedTable: packed('42P01'),
  invalidColumnReference: packed('42P10'),
  datatypeMismatch: packed('42804'),
  invalidTextRepresentation: packed('22P02'),
  insufficientPrivilege: packed('42501'),
} as const;
