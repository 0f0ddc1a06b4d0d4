import type { Evidence } from '../../api/schema.ts';
import type { ComparedAmount } from '../../components/charts/compare-bars.tsx';

const FAILURES = 'Failed logins';
/** More bars than this tell less. */
const MOST_GUESSES = 10;
const UNITS: Readonly<Record<string, number>> = { B: 1, bytes: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15 };
/** Tables with these columns compare amounts of one kind. */
const COMPARED: readonly string[] = ['Bytes read', 'Tables'];

/** Amounts that are compared; undefined where the evidence is about something else. */
export function amountsOf({ columns = [], rows = [] }: Evidence): ComparedAmount[] | undefined {
  if (columns.includes(FAILURES)) {
    return guessesOf(columns, rows);
  }
  if (columns.length !== 2 || !COMPARED.includes(columns[1] ?? '')) {
    return undefined;
  }
  const amounts = rows.flatMap(([label = '', text = '']) => {
    const amount = amountIn(text);
    return amount === undefined || label.startsWith('Days ') ? [] : [{ label, text, amount, kind: kindOf(label) }];
  });
  return amounts.length > 1 ? amounts : undefined;
}

/** Names that were guessed at, the most tried first; those who got in stand out. */
function guessesOf(columns: readonly string[], rows: readonly (readonly string[])[]): ComparedAmount[] | undefined {
  const [failures, outcome] = [columns.indexOf(FAILURES), columns.indexOf('Outcome')];
  const amounts = rows.map((row): ComparedAmount => {
    const isIn = row[outcome] === 'got in';
    const count = row[failures] ?? '';
    const text = `${count} failed${isIn ? ', then got in' : ''}`;
    return { label: row[0] ?? '', text, amount: amountIn(count) ?? 0, kind: isIn ? 'seen' : 'limit' };
  });
  const differ = new Set(amounts.map(({ amount, kind }) => `${amount} ${kind}`)).size > 1;
  return differ ? amounts.sort(gravestFirst).slice(0, MOST_GUESSES) : undefined;
}

function gravestFirst(a: ComparedAmount, b: ComparedAmount): number {
  return Number(b.kind === 'seen') - Number(a.kind === 'seen') || b.amount - a.amount;
}

function kindOf(label: string): ComparedAmount['kind'] {
  return label.startsWith('Suspicious') ? 'limit' : /^(?:This one|Now)/.test(label) ? 'seen' : 'usual';
}

/** The number that a text such as `1.2 GB` tells. */
function amountIn(text: string): number | undefined {
  const [, number = '', unit = 'B'] = /^([\d.,]+)(?: (\w+))?$/.exec(text) ?? [];
  const amount = Number(number.replaceAll(',', '')) * (UNITS[unit] ?? Number.NaN);
  return number === '' || Number.isNaN(amount) ? undefined : amount;
}
