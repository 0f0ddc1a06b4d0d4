/**
 * How fast `vedette replay` is, beside `wc -l` (the least that reading a file can cost) and DuckDB or mawk (the fastest
 * tools at hand that could answer the same questions). Prints markdown; exits with 1 when a bar is missed.
 */
import { parseArgs } from 'node:util';
import { UserError } from '../../src/lib/user-error.ts';
import { type Bar, barTable, isHeld } from './bars.ts';
import { type Comparison, compare, type Workload } from './compare.ts';
import { measureCores } from './cores.ts';
import { isInstalled, machineLines } from './machine.ts';
import { comparisonLines, coresLines } from './report.ts';
import type { SessionTemplates } from './session-templates.ts';
import { verifyCounts } from './verify-counts.ts';
import { cosmosWorkload, csvlogWorkload, formatWorkload, serverFiles, sessionTemplates } from './workloads.ts';

const PARTS = ['csvlog', 'shapes', 'jsonlog', 'stderr', 'azure', 'others', 'cosmos', 'wide', 'cores'] as const;
type Part = (typeof PARTS)[number];

const USAGE = `usage: npm run bench:throughput -- [--only ${PARTS.join('|')}]... [--runs N] [--records N] [--templates FOLDER]

  --only       one part; may be given several times (default: all)
  --runs       paired rounds, of which the median counts (default: 5)
  --records    records of stmt, conn and shapes (default: 4000000); the other files have half as many
  --templates  folder with recorded csvlog files to amplify (default: those in the repository)`;

/** What a workload is held to: net CPU of Vedette by that of its peer, and memory above the address data in MB. */
const LIMITS = {
  csvlog: { kind: 'at most', ratio: 1 / 2, memory: 150 },
  jsonlog: { kind: 'at most', ratio: 1 / 1.5, memory: 150 },
  stderr: { kind: 'at most', ratio: 1 / 2, memory: 150 },
  azure: { kind: 'at most', ratio: 2, memory: 150 },
  cosmos: { kind: 'less than', ratio: 1, memory: 150 },
  wide: { kind: 'at most', ratio: 1 / 1.2, memory: 300 },
} as const satisfies Record<string, Limits>;
interface Limits {
  kind: Bar['kind'];
  ratio: number;
  memory: number;
}
/** Measured and printed, and held to nothing. */
const OTHER_FORMATS = ['syslog', 'rds', 'cloudsql'] as const;
/** How much more memory a four times longer file may take, MB: what the garbage collector leaves to chance. */
const MEMORY_GROWTH_LIMIT = 20;
const SPEEDUP_LIMIT = 1.5;

interface Request {
  parts: readonly Part[];
  runs: number;
  records: number;
  templates: SessionTemplates;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UserError)) {
    throw error;
  }
  process.stderr.write(`throughput: ${error.message}\n`);
  process.exitCode = 2;
}

/** Exit code: 1 when a bar is missed. */
async function main(): Promise<number> {
  const request = readArguments();
  if (request === undefined) {
    print([USAGE]);
    return 0;
  }
  print(['# Throughput', '', ...machineLines(), `- ${request.runs} paired rounds; medians (range)`, '']);
  const bars: Bar[] = [];
  for (const part of request.parts) {
    bars.push(...(await runPart(part, request)));
  }
  print(['## Bars', '', ...barTable(bars)]);
  return bars.every(isHeld) ? 0 : 1;
}

/** Undefined when help was asked for. */
function readArguments(): Request | undefined {
  const { values } = parseOptions();
  if (values.help) {
    return undefined;
  }
  const unknown = values.only?.find((part) => !(PARTS as readonly string[]).includes(part));
  if (unknown !== undefined) {
    throw new UserError(`--only ${JSON.stringify(unknown)} is no part of the benchmark; write ${PARTS.join(', ')}`);
  }
  return {
    parts: PARTS.filter((part) => values.only?.includes(part) ?? true),
    runs: countOf('--runs', values.runs),
    records: countOf('--records', values.records),
    templates: sessionTemplates(values.templates),
  };
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string', multiple: true },
        runs: { type: 'string', default: '5' },
        records: { type: 'string', default: '4000000' },
        templates: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function countOf(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new UserError(`${option} ${JSON.stringify(text)} is not a count; write a whole number from 1 on`);
  }
  return Number(text);
}

/** Runs one part and prints what it measured. Returns the bars that it is held to. */
async function runPart(part: Part, request: Request): Promise<Bar[]> {
  const { records, templates, runs } = request;
  const half = Math.ceil(records / 2);
  switch (part) {
    case 'csvlog': {
      const stmt = await judge(csvlogWorkload('stmt', records, templates), LIMITS.csvlog, runs);
      const conn = await judge(csvlogWorkload('conn', records, templates), LIMITS.csvlog, runs);
      return [...stmt.bars, ...conn.bars, await judgeGrowth(conn.comparison, request)];
    }
    case 'shapes':
      return (await judge(csvlogWorkload('shapes', records, templates), LIMITS.csvlog, runs)).bars;
    case 'stderr':
      if (!isInstalled('mawk')) {
        print(['stderr is left out: mawk is not installed (Debian package mawk)', '']);
        return [];
      }
      return (await judge(formatWorkload(part, half, templates), LIMITS.stderr, runs)).bars;
    case 'jsonlog':
    case 'azure':
      return (await judge(formatWorkload(part, half, templates), LIMITS[part], runs)).bars;
    case 'others':
      for (const format of OTHER_FORMATS) {
        await measureAlone(formatWorkload(format, half, templates), runs);
      }
      return [];
    case 'cosmos':
      return (await judge(cosmosWorkload(half), LIMITS.cosmos, runs)).bars;
    case 'wide':
      return (await judge(csvlogWorkload('wide', half, templates), LIMITS.wide, runs)).bars;
    case 'cores':
      return judgeCores(request);
  }
}

async function measureAlone(workload: Workload, runs: number): Promise<Comparison> {
  const groups = await verifyCounts(workload);
  const comparison = await compare(workload, runs);
  print(comparisonLines(comparison, groups));
  return comparison;
}

async function judge(
  workload: Workload,
  { kind, ratio, memory }: Limits,
  runs: number,
): Promise<{ comparison: Comparison; bars: Bar[] }> {
  const comparison = await measureAlone(workload, runs);
  const { name: what } = workload;
  const { vedette, scores, alerts: written } = comparison;
  const peer = workload.peer!.name;
  const measured = scores.get(peer)!.ratio.median;
  const speed: Bar = { what: `${what}: net CPU by that of ${peer}`, measured, limit: ratio, kind, unit: '×' };
  const memoryUse = memoryBar(`${what}: memory above the address data`, vedette.peakAboveEmptyBytes, memory);
  const alerts: Bar = { what: `${what}: alerts written`, measured: written, limit: 1, kind: 'at least', unit: '' };
  return { comparison, bars: [speed, memoryUse, alerts] };
}

/** The same people and addresses in a quarter of the records: memory must be about the same. */
async function judgeGrowth(whole: Comparison, { records, templates, runs }: Request): Promise<Bar> {
  const quarter = await compare(csvlogWorkload('conn', Math.ceil(records / 4), templates), runs);
  const growth = whole.vedette.peakBytes - quarter.vedette.peakBytes;
  return memoryBar('conn: memory growth from a quarter of the records to all', growth, MEMORY_GROWTH_LIMIT);
}

async function judgeCores({ records, templates, runs }: Request): Promise<Bar[]> {
  const files = serverFiles(4, records, templates);
  const results = [await measureCores(files.slice(0, 2), runs), await measureCores(files, runs)];
  print(coresLines(results));
  return results.map(({ resources, speedup }) => ({
    what: `${resources} resources: wall time with one worker by that with two`,
    measured: speedup.median,
    limit: SPEEDUP_LIMIT,
    kind: 'at least',
    unit: '×',
  }));
}

function memoryBar(what: string, bytes: number, limit: number): Bar {
  return { what, measured: bytes / 1e6, limit, kind: 'at most', unit: 'MB' };
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
