import { ENVIRONMENT, type Facts, isCatalog, Sign, SLEEPS } from './shape.ts';

/** As much of a UNION's later query is looked at. */
const MAX_ARM = 300;
const UNION = /\bunion (?:all |distinct )?\(*select /;
const CONSTANT = /^(?:distinct )?\(*(?:null|\?|chr\(\?\))(?:\W|$)/;
const CONDITIONAL = /^(?:select|update|delete|insert)\b.*?\b(?:where|values)\b/;
const ACCOMPANYING = /^(?:begin|start|commit|end|rollback|set|show|discard|fetch|close|deallocate)\b/;

/** Patterns without repetition of repetition: what they read can be as long as an intruder likes. */
const PATTERNS: readonly (readonly [number, RegExp])[] = [
  [Sign.tautology, /\bor (?:not )?\(?\? ?(?:[<>=!]{1,2}|like) ?\?(?! ?[-+*/|])/],
  [Sign.tautology, /\bor (?:not )?\(?(?:true|null is null)(?:\W|$)/],
  [Sign.tautology, /\bor not \(?false(?:\W|$)/],
  [Sign.constantProbe, /\bor \(?false(?:\W|$)/],
  [Sign.constantProbe, /\band (?:not )?\(?\? ?(?:[<>=!]{1,2}|like) ?\?(?! ?[-+*/|])/],
  [Sign.subqueryProbe, /\b(?:and|or) (?:not )?\(?\? ?[<>=!]{1,2} ?\(?(?:select|cast\(|case )/],
  [Sign.caseProbe, /\bcase when \(?\? ?(?:[<>=!]{1,2}|like) ?\?/],
  [Sign.castError, /\bcast\(\(?(?:chr\(\?\)|\?)\|\|/],
  [Sign.castError, /\bcast\(\(?(?:version\(|current_user|current_database\()/],
  [Sign.substringProbe, /\b(?:ascii|substr|substring|unicode)\(\(?(?:substr|substring|select)\b/],
];

/** Signs of injection, as far as the normal form tells. */
export function tokenSigns(normal: string, { reads, writes, functions }: Facts): number {
  const tables = [...reads];
  const hasTable = writes.size > 0 || tables.some((table) => !isCatalog(table));
  if (tables.length > 0 && !hasTable) {
    return 0; // drivers and tools ask the catalog in all manners
  }
  let signs = unionSigns(normal) | stackedSigns(normal);
  for (const [sign, pattern] of PATTERNS) {
    signs |= pattern.test(normal) ? sign : 0;
  }
  signs |= hasTable && tables.some(isCatalog) ? Sign.mixedCatalog : 0;
  signs |= normal.includes('chr(?)||chr(?)||chr(?)||chr(?)') ? Sign.charChain : 0;
  const isBeside = tables.length > 0 || writes.size > 0 || normal.includes(';');
  signs |= isBeside && [...functions].some((name) => SLEEPS.has(name)) ? Sign.sleep : 0;
  return signs;
}

function unionSigns(normal: string): number {
  const [first, ...arms] = normal.split(UNION);
  const hasCondition = /\bwhere\b/.test(first!);
  let signs = 0;
  for (const whole of arms) {
    const arm = whole.slice(0, MAX_ARM);
    const hasFrom = /\bfrom\b/.test(whole);
    if (CONSTANT.test(arm)) {
      signs |= hasFrom ? Sign.unionPadded : hasCondition ? Sign.unionConstants : 0;
    }
    const words = arm.match(/[a-z_.]+/g) ?? [];
    signs |= words.some((word) => ENVIRONMENT.has(word)) ? Sign.environment : 0;
    signs |= words.some((word, i) => words[i - 1] === 'from' && isCatalog(word)) ? Sign.unionCatalog : 0;
  }
  return signs;
}

function stackedSigns(normal: string): number {
  const [first, ...rest] = normal.split(';');
  const others = rest.filter((other) => !ACCOMPANYING.test(other));
  if (others.length === 0 || !CONDITIONAL.test(first!)) {
    return 0;
  }
  const isChange = first!.startsWith('select') && others.some((other) => !/^\(*(?:select|with|values)\b/.test(other));
  return isChange ? Sign.stacked | Sign.stackedChange : Sign.stacked;
}
