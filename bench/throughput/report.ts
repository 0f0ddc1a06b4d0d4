import { CONTENDERS, type Comparison, type Contender } from './compare.ts';
import type { CoresResult } from './cores.ts';
import type { Spread } from './statistics.ts';

const HEADER = [
  '| | CPU s | empty run | CPU s net | k records / CPU-s | MB / CPU-s | wall s | peak MB | above empty run | net CPU of vedette : this |',
  '|---|---|---|---|---|---|---|---|---|---|',
];

/** Markdown: medians, with the range in brackets where it tells something. */
export function comparisonLines({ workload, scores, alerts }: Comparison, groups: Record<string, number>): string[] {
  const { name, file } = workload;
  const counted = Object.entries(groups).map(([query, count]) => `${query} ${count}`);
  return [
    `## ${name}: ${file.records} records, ${megabytes(file.bytes)} MB`,
    '',
    `Groups, equal by DuckDB and by Vedette's parser: ${counted.join(', ')}. Alerts written: ${alerts}.`,
    '',
    ...HEADER,
    ...CONTENDERS.map((contender) => scoreRow(contender, { workload, scores, alerts })),
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

function scoreRow(contender: Contender, { workload, scores }: Comparison): string {
  const { cpu, emptyCpu, netCpu, wall, peakBytes, peakAboveEmptyBytes, ratio } = scores[contender];
  const cells = [
    contender,
    spreadText(cpu),
    emptyCpu.toFixed(3),
    netCpu.median.toFixed(3),
    (workload.file.records / netCpu.median / 1000).toFixed(0),
    megabytes(workload.file.bytes / netCpu.median),
    spreadText(wall),
    megabytes(peakBytes),
    megabytes(peakAboveEmptyBytes),
    contender === 'vedette' ? '' : spreadText(ratio),
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
