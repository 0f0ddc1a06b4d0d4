import { type Comparison, type Score, VEDETTE } from './compare.ts';
import type { CoresResult } from './cores.ts';
import type { GeneratedFile } from './generated-file.ts';
import type { Spread } from './statistics.ts';

const HEADER = [
  '| | CPU s | empty run | CPU s net | k records / CPU-s | MB / CPU-s | wall s | peak MB | above empty run | net CPU of vedette : this |',
  '|---|---|---|---|---|---|---|---|---|---|',
];

/** Markdown: medians, with the range in brackets where it tells something. */
export function comparisonLines({ workload, scores, alerts }: Comparison, groups: Record<string, number>): string[] {
  const { name, file, reference } = workload;
  const counted = Object.entries(groups).map(([query, count]) => `${query} ${count}`);
  return [
    `## ${name}: ${file.records} records, ${megabytes(file.bytes)} MB`,
    '',
    `Groups, equal by ${reference.name} and by Vedette's parser: ${counted.join(', ')}. Alerts written: ${alerts}.`,
    '',
    ...HEADER,
    ...Array.from(scores, ([contender, score]) => scoreRow(contender, score, file)),
    '',
  ];
}

export function coresLines(results: readonly CoresResult[]): string[] {
  return [
    '## Two cores',
    '',
    '| resources | records | wall s, one worker | wall s, two workers | speed-up |',
    '|---|---|---|---|---|',
    ...results.map((result) => {
      const cells = [result.oneWorker, result.twoWorkers, result.speedup].map(spreadText);
      return `| ${result.resources} | ${result.records} | ${cells.join(' | ')} |`;
    }),
    '',
  ];
}

function scoreRow(contender: string, score: Score, file: GeneratedFile): string {
  const { cpu, emptyCpu, netCpu, wall, peakBytes, peakAboveEmptyBytes, ratio } = score;
  const cells = [
    contender,
    spreadText(cpu),
    emptyCpu.toFixed(3),
    netCpu.median.toFixed(3),
    (file.records / netCpu.median / 1000).toFixed(0),
    megabytes(file.bytes / netCpu.median),
    spreadText(wall),
    megabytes(peakBytes),
    megabytes(peakAboveEmptyBytes),
    contender === VEDETTE ? '' : spreadText(ratio),
  ];
  return `| ${cells.join(' | ')} |`;
}

function spreadText({ median, min, max }: Spread): string {
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}

/** Millions of bytes. */
function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
