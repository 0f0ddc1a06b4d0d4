import { type ByteText, byteText, indexOfText, startsWith } from '../lib/byte-text.ts';
import { sqlState } from './sql-state.ts';

/** How a message is worded: what it begins with, and what stands somewhere behind. */
type Wording = readonly [begins: string, holds?: string];

/**
 * What servers of lc_messages = C say under an SQLSTATE: of those that tell of clients and of the text of statements.
 * Of several wordings that fit the first counts.
 * Sources: auth.c, postinit.c, backend_startup.c, scan.l, parse_*.c, aclchk.c; postgresql.org/docs/current/errcodes-appendix.html
 */
const WORDINGS: readonly (readonly [state: string, wordings: readonly Wording[]])[] = [
  ['28P01', [['password authentication failed for user '], ['empty password returned by client']]],
  [
    '28000',
    [
      ['', 'authentication failed for user '],
      ['no pg_hba.conf entry '],
      ['pg_hba.conf rejects '],
      ['connection requires a valid client certificate'],
      ['role "', ' is not permitted to log in'],
      ['no PostgreSQL user name specified in startup packet'],
    ],
  ],
  ['3D000', [['database "', ' does not exist']]],
  ['3F000', [['schema "', ' does not exist']]],
  [
    '53300',
    [['sorry, too many clients already'], ['remaining connection slots are reserved '], ['too many connections for ']],
  ],
  ['08P01', [['invalid startup packet layout']]],
  ['0A000', [['unsupported frontend protocol ']]],
  ['42501', [['permission denied '], ['must be owner of '], ['must be superuser ']]],
  [
    '42601',
    [
      ['syntax error at '],
      ['unterminated quoted '],
      ['unterminated dollar-quoted string'],
      ['unterminated /* comment'],
      ['unterminated bit string literal'],
      ['unterminated hexadecimal string literal'],
      ['zero-length delimited identifier'],
      ['trailing junk after '],
      ['invalid Unicode surrogate pair'],
      ['INSERT has more '],
      ['each UNION query must have the same number of columns'],
      ['each INTERSECT query must have the same number of columns'],
      ['each EXCEPT query must have the same number of columns'],
    ],
  ],
  [
    '42P10',
    [
      ['ORDER BY position '],
      ['GROUP BY position '],
      ['for SELECT DISTINCT, ORDER BY expressions must appear in select list'],
    ],
  ],
  [
    '42804',
    [
      ['UNION types ', ' cannot be matched'],
      ['CASE types ', ' cannot be matched'],
      ['argument of ', ' must be type '],
      ['column "', ' but expression is of type '],
    ],
  ],
  ['42703', [['column ', ' does not exist']]],
  ['42883', [['function ', ' does not exist'], ['procedure ', ' does not exist'], ['operator does not exist: ']]],
  [
    '42P01',
    [
      ['relation "', ' does not exist'],
      ['missing FROM-clause entry for table '],
      ['invalid reference to FROM-clause entry for table '],
    ],
  ],
  ['42702', [['column reference ', ' is ambiguous']]],
  ['22007', ['type date', 'type time', 'type interval'].map((type): Wording => [`invalid input syntax for ${type}`])],
  ['22P02', [['invalid input syntax for '], ['malformed ']]],
  ['22003', [['value "', ' is out of range for type ']]],
  ['23505', [['duplicate key value violates unique constraint ']]],
  ['22012', [['division by zero']]],
  ['25P02', [['current transaction is aborted, ']]],
  ['57014', [['canceling statement due to ']]],
  ['57P01', [['terminating connection due to administrator command']]],
  ['57P03', [['the database system is ']]],
];

interface Compiled {
  state: number;
  begins: ByteText | undefined;
  holds: ByteText | undefined;
}

const ALL: readonly Compiled[] = WORDINGS.flatMap(([state, wordings]) =>
  wordings.map(([begins, holds]) => ({
    state: sqlState(state),
    begins: begins === '' ? undefined : byteText(begins),
    holds: holds === undefined ? undefined : byteText(holds),
  })),
);
/** Behind these the server says where: `at or near "x"`, `at end of input`. */
export const LEXICAL_ERRORS = [
  'syntax error',
  'unterminated quoted string',
  'unterminated quoted identifier',
  'unterminated dollar-quoted string',
  'unterminated /* comment',
  'zero-length delimited identifier',
  'trailing junk after numeric literal',
];

/** Of errors that tell something of the text of a statement. */
const TELLING = ['42601', '42804', '42P10', '22P02'];

/** Whether a text, which may hold places for arguments, says an error that tells something of a statement's text. */
export function tellsOfText(text: string): boolean {
  return WORDINGS.filter(([state]) => TELLING.includes(state)).some(([, wordings]) =>
    wordings.some(([begins, holds = '']) => text.startsWith(begins) && text.slice(begins.length).includes(holds)),
  );
}

/** Longer messages hold names; what tells stands before. */
const LOOKED_BYTES = 400;
const FATAL = 0x46;
const ROLE = byteText('role "');
const DOES_NOT_EXIST = byteText(' does not exist');
/** Of a login; of a statement that names it. */
const UNKNOWN_ROLE = { login: sqlState('28000'), statement: sqlState('42704') };

/** The SQLSTATE under which a server says a message in English, as a number; 0 where its wording is not known. */
export function stateByText(words: DataView, severity: number, start: number, end: number): number {
  const looked = Math.min(end, start + LOOKED_BYTES);
  const begins = (text?: ByteText) => text === undefined || startsWith(words, start, looked, text);
  const holds = (text?: ByteText) => text === undefined || indexOfText(words, start, looked, text) >= 0;
  if (begins(ROLE) && holds(DOES_NOT_EXIST)) {
    return severity === FATAL ? UNKNOWN_ROLE.login : UNKNOWN_ROLE.statement;
  }
  return ALL.find((wording) => begins(wording.begins) && holds(wording.holds))?.state ?? 0;
}
