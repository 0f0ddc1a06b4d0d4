import { KINDS, type Kind, type Truth } from '../fleet/label.ts';
import type { Verdict, Wanted } from './judge.ts';

/** Days of a month, on average. */
const MONTH_DAYS = 30.44;

export interface Figure {
  wanted: number;
  caught: number;
  duplicates: number;
  unwanted: number;
  recall: number;
  precision: number;
  f1: number;
  /** Median and nine in ten, in minutes since the attack began; NaN where nothing was caught. */
  medianDelay: number;
  longDelay: number;
}

export interface Figures {
  all: Figure;
  byKind: ReadonlyMap<Kind, Figure>;
  byDifficulty: ReadonlyMap<string, Pick<Figure, 'wanted' | 'caught' | 'recall'>>;
  /** F1 of the kinds, each weighted by how often it was wanted. */
  weightedF1: number;
  /** False alarms for each resource and month. */
  monthlyLow: number;
  monthlyMedium: number;
}

export function figuresOf(truth: Truth, verdict: Verdict): Figures {
  const months = (truth.resources.length * truth.days) / MONTH_DAYS;
  const kinds = KINDS.filter((kind) => verdict.wanted.some((label) => label.kind === kind));
  const byKind = new Map(kinds.map((kind) => [kind, figureOf(onlyOf(verdict, kind))]));
  const all = figureOf(verdict);
  const graver = verdict.unwanted.filter(({ alert }) => alert.severity !== 'Low').length;
  return {
    all,
    byKind,
    byDifficulty: new Map(
      (['plain', 'hard'] as const).map((one) => [
        one,
        recallOf(verdict.wanted.filter(({ attack }) => attack.difficulty === one)),
      ]),
    ),
    weightedF1: [...byKind.values()].reduce((sum, { f1, wanted }) => sum + f1 * wanted, 0) / Math.max(1, all.wanted),
    monthlyLow: (verdict.unwanted.length - graver) / months,
    monthlyMedium: graver / months,
  };
}

/** What a verdict says of one kind: of alerts that tell several, the first counts. */
function onlyOf({ wanted, duplicates, unwanted }: Verdict, kind: Kind): Verdict {
  return {
    wanted: wanted.filter((label) => label.kind === kind),
    duplicates: duplicates.filter(({ kinds }) => kinds[0] === kind),
    unwanted: unwanted.filter(({ alert }) => alert.kinds[0] === kind),
  };
}

function figureOf({ wanted, duplicates, unwanted }: Verdict): Figure {
  const { caught, recall } = recallOf(wanted);
  const told = caught + duplicates.length + unwanted.length;
  const precision = told === 0 ? 1 : caught / told;
  const delays = wanted.flatMap(({ delayMs }) => (delayMs === undefined ? [] : delayMs / 60_000)).sort((a, b) => a - b);
  return {
    wanted: wanted.length,
    caught,
    duplicates: duplicates.length,
    unwanted: unwanted.length,
    recall,
    precision,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    medianDelay: delays[Math.floor(delays.length / 2)] ?? Number.NaN,
    longDelay: delays[Math.floor(delays.length * 0.9)] ?? Number.NaN,
  };
}

export function recallOf(wanted: readonly Wanted[]): Pick<Figure, 'wanted' | 'caught' | 'recall'> {
  const caught = wanted.filter(({ delayMs }) => delayMs !== undefined).length;
  return { wanted: wanted.length, caught, recall: wanted.length === 0 ? 1 : caught / wanted.length };
}
