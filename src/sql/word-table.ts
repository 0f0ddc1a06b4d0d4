import { wordCode } from './word-code.ts';

/** What is known of a word by itself, one bit each. */
export const Word = {
  /** May begin a statement that only reads or writes rows. */
  first: 1,
  /** May stand before a bracket: a clause, or a function whose result depends on what it is given and nothing else. */
  callable: 2,
  /** Says that the statement is looked at more closely. */
  telling: 4,
  /** A condition follows. */
  condition: 8,
  /** Stands before a condition without being part of it. */
  negation: 16,
  /** `BETWEEN 1 AND 2`: the next AND joins no conditions. */
  between: 32,
  /** `INTO t (a, b)`. */
  into: 64,
  /** May stand before INTO. */
  beforeInto: 128,
  /** Part of a clause, and never the name of a column. */
  clause: 256,
  /** `EXISTS (SELECT …)`: a condition that looks the same in every query. */
  existence: 512,
  /** Carries on the name of a type: `timestamp with time zone '…'`. */
  typing: 1024,
  /** A minus sign behind it belongs to the number that follows. */
  signBefore: 2048,
  /** A literal where a list or an assignment asks for one: `VALUES (1, NULL)`, `SET a = TRUE`. */
  literal: 4096,
  /** A list of values may follow, and rows of them. */
  listBefore: 8192,
  rowsBefore: 16_384,
} as const;
/** Bits that `Plainness` asks for; a word without any is a name. */
export const PLAIN_BITS = 2047;

const WORDS: readonly (readonly [number, string])[] = [
  [Word.first | Word.clause | Word.callable, 'select'],
  [Word.first | Word.clause, 'update delete'],
  [Word.first | Word.clause | Word.typing, 'with'],
  [Word.clause | Word.typing, 'precision varying without'],
  [Word.first | Word.clause | Word.beforeInto, 'insert'],
  [Word.first, 'begin start commit rollback savepoint release close show abort'],
  [Word.first | Word.clause, 'end fetch'],
  [
    Word.clause | Word.callable,
    'in values as using where then else having on by over filter set returning from join lateral like ilike distinct limit offset conflict materialized group any all some',
  ],
  [
    Word.clause,
    'is case order asc desc limit collate isnull notnull similar for window partition cross inner outer natural default only array row cast interval at null true false',
  ],
  [Word.condition | Word.clause | Word.callable, 'and or when'],
  [Word.negation | Word.callable, 'not'],
  [Word.between | Word.clause | Word.callable, 'between'],
  [Word.into | Word.clause, 'into'],
  [Word.existence | Word.clause | Word.callable, 'exists'],
  [
    Word.telling,
    'union intersect except merge current_user session_user user current_role current_catalog current_schema information_schema set_config',
  ],
  [
    Word.callable,
    'count sum min max avg coalesce nullif greatest least lower upper length char_length trim btrim ltrim rtrim replace concat concat_ws round floor ceil ceiling abs mod now date_trunc date_part extract age to_char to_date to_timestamp to_number row_number rank dense_rank lag lead first_value last_value ntile string_agg array_agg json_agg jsonb_agg json_build_object jsonb_build_object row_to_json to_json to_jsonb bool_and bool_or every unnest generate_series array_length cardinality jsonb_array_elements json_array_elements jsonb_set random nextval currval lastval setval gen_random_uuid uuid_generate_v4 date split_part regexp_replace varchar numeric decimal bpchar',
  ],
];

/** What the normal form asks for; of words that may stand above as well. */
const FORM_WORDS: readonly (readonly [number, string])[] = [
  [
    Word.signBefore,
    'select limit offset between and or not then else when case values in like return returning by is set to',
  ],
  [Word.literal, 'null true false'],
  [Word.listBefore, 'in'],
  [Word.rowsBefore, 'values'],
];

/** So many that a factor is soon found; only the slots of words are ever looked at twice. */
const SLOT_BITS = 14;

const bitsOf = new Map<number, number>();
for (const [bits, words] of [...WORDS, ...FORM_WORDS]) {
  for (const word of words.split(' ')) {
    bitsOf.set(wordCode(word), (bitsOf.get(wordCode(word)) ?? 0) | bits);
  }
}

const factor = perfectFactor([...bitsOf.keys()]);
const codes = new Int32Array(1 << SLOT_BITS);
const bits = new Uint16Array(1 << SLOT_BITS);
for (const [code, value] of bitsOf) {
  codes[slotOf(code, factor)] = code;
  bits[slotOf(code, factor)] = value;
}

/** For assembly/fingerprint.ts. A code's slot is the upper 14 bits of its product with `factor`. */
export const WORD_TABLE = { factor, codes, bits } as const;

/** What is known of the word with a code, as `Word`s, or'ed; 0 for most names. */
export function wordBits(code: number): number {
  const slot = slotOf(code, factor);
  return codes[slot] === code ? bits[slot]! : 0;
}

function slotOf(code: number, by: number): number {
  return Math.imul(code, by) >>> (32 - SLOT_BITS);
}

/** A factor that gives each code a slot of its own; found after a few tries, when the module is loaded. */
function perfectFactor(all: readonly number[]): number {
  for (let candidate = 0x9e3779b1; ; candidate += 2) {
    if (new Set(all.map((code) => slotOf(code, candidate))).size === all.length) {
      return candidate;
    }
  }
}
