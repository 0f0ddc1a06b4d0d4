import type { ActivityFilter } from '../../src/archive/activity-filter.ts';
import type { Archive } from '../../src/archive/open-archive.ts';
import { searchSteps } from '../../src/archive/search-activities.ts';

const DAY_MS = 86_400_000;
const LIMIT = 100;
const TIMES = 5;

/** How long first pages take, as lines of a markdown table: the middle one of some. */
export async function searches(archive: Archive, start: number, days: number): Promise<string[]> {
  const all = { from: start, to: start + days * DAY_MS };
  const day = { from: start + (days - 1) * DAY_MS, to: start + days * DAY_MS };
  const asked: [string, ActivityFilter, string][] = [
    ['first page of a day, a frequent principal', { ...day, where: { principal: ['service_7'] } }, '1 s'],
    ['first page of a day, an address', { ...day, where: { address: ['11.0.9.7'] } }, '1 s'],
    ['first page of a day, a rare principal', { ...day, where: { principal: ['person.150000@example.com'] } }, '1 s'],
    ['first page of all days, a frequent principal', { ...all, where: { principal: ['service_7'] } }, '3 s'],
    [
      'first page of all days, a rare principal',
      { ...all, where: { principal: ['person.150000@example.com'] } },
      '3 s',
    ],
    ['first page of all days, a table', { ...all, where: { table: ['t77'] } }, '3 s'],
    ['a value that is nowhere, all days', { ...all, where: { principal: ['nobody'] } }, '10 s'],
    ['a network that is nowhere, all days', { ...all, where: { address: ['203.0.113.0/24'] } }, '10 s'],
  ];
  const lines = ['| search | rows | files read | seconds | bar |', '|---|---|---|---|---|'];
  for (const [what, filter, bar] of asked) {
    const runs: Run[] = [];
    for (let time = 0; time < TIMES; time++) {
      runs.push(await run(archive, filter));
    }
    const { rows, files, seconds } = runs.toSorted((a, b) => a.seconds - b.seconds)[TIMES >> 1]!;
    lines.push(`| ${what} | ${rows} | ${files} | ${seconds.toFixed(2)} | ${bar} |`);
  }
  return lines;
}

interface Run {
  rows: number;
  files: string;
  seconds: number;
}

async function run(archive: Archive, filter: ActivityFilter): Promise<Run> {
  const begun = performance.now();
  let [rows, files] = [0, ''];
  for await (const step of searchSteps(archive, filter, { limit: LIMIT })) {
    rows += step.items.length;
    files = `${step.filesRead} of ${step.files}`;
  }
  return { rows, files, seconds: (performance.now() - begun) / 1000 };
}
