import { type Effect, MANY, settingEffects } from './shape.ts';

/** A name as the normal form has it: plain or quoted, with its schema. */
export const NAME =
  '(?:"[^"]{0,63}"|[a-z_\\x80-\\uffff][\\w$\\x80-\\uffff]*)(?:\\.(?:"[^"]{0,63}"|[\\w$\\x80-\\uffff]+)){0,3}';

/** Words of PL/pgSQL behind which a statement begins. */
const LEADING = /^(?:(?:begin|declare|then|else|loop|explain|analyze|execute) )+/;

type Reader = (match: RegExpExecArray, statement: string) => Effect[];

/** What a statement that begins in some way does beyond reading and writing rows. */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/^copy\b/, (_, statement) => copied(statement)],
  [/^do\b/, (_, statement) => [one('language', languageOf(statement), 'code')]],
  [
    /^create (?:or replace )?(?:function|procedure)\b/,
    (_, statement) => [one('language', languageOf(statement), 'code')],
  ],
  [new RegExp(`^create extension (?:if not exists )?(${NAME})`), ([, name]) => [one('language', name!, 'extension')]],
  [
    new RegExp(`^create (?:or replace )?(?:trusted )?(?:procedural )?language (${NAME})`),
    ([, name]) => [one('language', name!, 'language')],
  ],
  [new RegExp(`^(?:create|alter) (?:role|user|group) (${NAME})`), ([, role], text) => attributes(role!, text)],
  [new RegExp(`^grant ((?:${NAME},?)+) to (${NAME})`), ([, roles, to]) => memberships(roles!, to!)],
  [
    new RegExp(`^(?:alter system |set (?:session |local )?)(?:set |reset )?(${NAME})`),
    ([, name], text) => setting(name!, text),
  ],
  [new RegExp(`^alter (?:role|user|database) .*\\b(?:set|reset) (${NAME})`), ([, name], text) => setting(name!, text)],
  [/^drop (?:foreign )?([a-z]+) (?:if exists )?(.*)/, ([, kind, names]) => [one('drop', kind!, countOf(names!))]],
  [/^truncate (?:table )?(.*)/, ([, names]) => [one('truncate', 'table', countOf(names!))]],
  [
    new RegExp(`^create (?:unlogged |temp |temporary )?(table|database) (?:if not exists )?(${NAME})`),
    ([, kind, name]) => [one('create', unquoted(name!), kind!)],
  ],
  [
    new RegExp(`^create server .*\\bforeign data wrapper (${NAME})`),
    ([, wrapper]) => [one('server', wrapper!, 'foreign server')],
  ],
  [/^create subscription\b/, () => [one('server', 'subscription', 'subscription')]],
];

/** What a statement does, as far as its normal form tells. */
export function tokenEffects(normal: string): Effect[] {
  return normal.split(';').flatMap((part) => {
    const statement = part.replace(LEADING, '');
    return READERS.flatMap(([pattern, read]) => {
      const match = pattern.exec(statement);
      return match === null ? [] : read(match, statement);
    });
  });
}

function one(kind: Effect['kind'], object: string, value: string): Effect {
  return { kind, object, value };
}

function copied(statement: string): Effect[] {
  const table = new RegExp(`^copy (${NAME})`).exec(statement)?.[1] ?? '';
  const match = /\b(from|to) (program )?\?/.exec(statement);
  if (match === null) {
    return [];
  }
  const [, direction, program] = match;
  return program === undefined
    ? [one('file', 'copy', direction === 'from' ? 'read' : 'write')]
    : [one('program', table, direction!)];
}

function languageOf(statement: string): string {
  return unquoted(/\blanguage ("?[\w$]+"?)/.exec(statement)?.[1] ?? 'plpgsql');
}

function attributes(role: string, statement: string): Effect[] {
  const words = statement.split(/[ ,]/);
  const powers = ['superuser', 'createrole', 'createdb', 'replication', 'bypassrls'].filter((word) =>
    words.includes(word),
  );
  return powers.map((power) => one('attribute', unquoted(role), power));
}

function memberships(roles: string, grantee: string): Effect[] {
  return roles.split(',').map((role) => one('membership', unquoted(grantee), unquoted(role)));
}

/** The value of a setting is a literal more often than not, and then unknown. */
function setting(name: string, statement: string): Effect[] {
  const value = /(?: to |=)(\w+)$/.exec(statement)?.[1] ?? '';
  return settingEffects(name, value);
}

/** Names that are put together when code runs are of as many objects as it is run for. */
function countOf(names: string): string {
  return names === '' || names === 'if exists' ? MANY : String(names.split(',').length);
}

function unquoted(name: string): string {
  return name.replaceAll('"', '');
}
