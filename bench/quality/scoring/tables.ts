import type { Truth } from '../fleet/label.ts';
import { type Figure, type Figures, recallOf } from './figures.ts';
import type { Verdict } from './judge.ts';

/** Who was tried, with what came of it. */
export interface Contestant {
  name: string;
  figures: Figures;
}

/** A table of Markdown. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function contestTable(contestants: readonly Contestant[]): string {
  return table(
    [
      '',
      'weighted F1',
      'recall',
      'of hard ones',
      'precision',
      'false alarms a resource and month, Low',
      'Medium and High',
    ],
    contestants.map(({ name, figures: { weightedF1, all, byDifficulty, monthlyLow, monthlyMedium } }) => [
      name,
      weightedF1.toFixed(2),
      share(all.recall),
      share(byDifficulty.get('hard')?.recall ?? Number.NaN),
      share(all.precision),
      monthlyLow.toFixed(2),
      monthlyMedium.toFixed(2),
    ]),
  );
}

export function kindTable({ byKind }: Figures): string {
  return table(
    ['alert', 'wanted', 'caught', 'recall', 'precision', 'F1', 'duplicates', 'false', 'delay, median', '9 in 10'],
    [...byKind].map(([kind, figure]) => [`\`${kind}\``, ...cellsOf(figure)]),
  );
}

function cellsOf({
  wanted,
  caught,
  recall,
  precision,
  f1,
  duplicates,
  unwanted,
  medianDelay,
  longDelay,
}: Figure): string[] {
  const counts = [String(wanted), String(caught), share(recall), share(precision), f1.toFixed(2), String(duplicates)];
  return [...counts, String(unwanted), delayText(medianDelay), delayText(longDelay)];
}

/** Each kind of attack, those most often missed first. */
export function attackTable({ wanted }: Verdict): string {
  const titles = [...new Set(wanted.map(({ attack, kind }) => `${attack.title}\t${kind}\t${attack.difficulty}`))];
  const rows = titles.map((key) => {
    const [title, kind, difficulty] = key.split('\t') as [string, string, string];
    return {
      title,
      kind,
      difficulty,
      ...recallOf(wanted.filter((label) => label.attack.title === title && label.kind === kind)),
    };
  });
  rows.sort((a, b) => a.recall - b.recall || b.wanted - a.wanted || (a.title < b.title ? -1 : 1));
  return table(
    ['attack', '', 'alert', 'caught'],
    rows.map(({ title, kind, difficulty, caught, wanted: count }) => [
      title,
      difficulty,
      `\`${kind}\``,
      `${caught} of ${count}`,
    ]),
  );
}

/** False alarms by what they took for an attack. */
export function falseAlarmTable({ unwanted }: Verdict): string {
  const keys = unwanted.map(({ alert, because }) => `${because}\t${alert.kinds[0] ?? 'incident'}\t${alert.severity}`);
  const counts = [...new Set(keys)].map((key) => ({ key, count: keys.filter((other) => other === key).length }));
  counts.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  return table(
    ['taken for an attack', 'alert', 'severity', 'times'],
    counts.map(({ key, count }) => [
      ...key.split('\t').map((cell, i) => (i === 1 ? `\`${cell}\`` : cell)),
      String(count),
    ]),
  );
}

export function fleetText({ seed, days, resources, attacks }: Truth): string {
  const hard = attacks.filter(({ difficulty }) => difficulty === 'hard').length;
  const servers = resources.filter(({ kind }) => kind === 'postgresql').length;
  return `${servers} PostgreSQL servers and ${resources.length - servers} Cosmos DB accounts, ${days} days, ${attacks.length} attacks of which ${hard} are hard (seed ${seed})`;
}

function share(value: number): string {
  return Number.isNaN(value) ? '–' : `${Math.round(value * 100)} %`;
}

function delayText(minutes: number): string {
  if (Number.isNaN(minutes)) {
    return '–';
  }
  return minutes < 1
    ? `${Math.round(minutes * 60)} s`
    : minutes < 120
      ? `${Math.round(minutes)} min`
      : minutes < 2880
        ? `${Math.round(minutes / 60)} h`
        : `${Math.round(minutes / 1440)} d`;
}
