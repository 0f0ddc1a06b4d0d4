import { handedOutByTokens } from './handed-out.ts';
import { createFacts, type Facts, secretEffects, WHOLE_CLUSTER } from './shape.ts';
import { NAME, tokenEffects } from './token-effects.ts';
import { tokenSigns } from './token-signs.ts';

const CALL = new RegExp(`(?<![\\w$".])(${NAME})\\(`, 'g');
const READ = new RegExp(`\\b(?:from|join|using) (?!program \\?)(?:only )?(${NAME})(?![\\w$.(\\x80-\\uffff])`, 'g');
const WRITE = new RegExp(
  `(?:\\b(?:insert into|merge into|delete from|truncate(?: table)?|copy)|(?:^|;)update) (?:only )?(${NAME})`,
  'g',
);
const VALUE = /(?<![\w$".])(current_user|session_user|user|current_role|current_catalog|current_schema)(?![\w$(])/g;
const KIND = /(?:^|;)\(*(?:(?:alter|create|drop) (?:or replace )?)?[a-z]+/g;
/** Columns that tell whether passwords are asked for. */
const COLUMN = /\*|\b(?:passwd|rol\w+)\b/g;
/** Words that stand before a bracket without being functions. */
const NO_FUNCTIONS =
  'in values and or not as on any all some exists using select from where when then else case between like limit offset by over filter with union except intersect returning set into join array row primary key unique check references varchar numeric char cast';

/**
 * What a statement does, as far as its normal form tells: for those that PostgreSQL does not understand or that are
 * too long to be parsed. In linear time.
 */
export function readTokens(normal: string): Facts {
  const facts = createFacts();
  facts.statements = (normal.match(KIND) ?? []).map((kind) => kind.replace(/[;( ]|or replace/g, ''));
  addAll(facts.functions, normal, CALL);
  addAll(facts.functions, normal, VALUE);
  for (const word of NO_FUNCTIONS.split(' ')) {
    facts.functions.delete(word);
  }
  for (const [, name] of normal.matchAll(WRITE)) {
    facts.writes.add(tableOf(name!));
  }
  for (const [, name] of normal.matchAll(READ)) {
    const table = tableOf(name!);
    if (!facts.writes.has(table)) {
      facts.reads.add(table);
    }
  }
  if (normal.startsWith('base_backup')) {
    facts.reads.add(WHOLE_CLUSTER);
  }
  facts.columns = new Set(normal.match(COLUMN));
  facts.signs = tokenSigns(normal, facts);
  facts.handedOut = handedOutByTokens(normal, facts.reads);
  facts.effects = [...tokenEffects(normal), ...secretEffects(facts, /\b(?:usename|rolname)=\?/.test(normal))];
  const hasCode = facts.effects.some(
    ({ kind, value }) => kind === 'setting' || (kind === 'language' && value === 'code'),
  );
  facts.dependsOnLiterals = hasCode || facts.functions.has('set_config');
  return facts;
}

function addAll(names: Set<string>, normal: string, pattern: RegExp): void {
  for (const [, name] of normal.matchAll(pattern)) {
    const parts = tableOf(name!).split('.');
    names.add(parts.at(-1)!);
  }
}

function tableOf(name: string): string {
  return name.replaceAll('"', '');
}
