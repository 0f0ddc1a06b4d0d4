import { readFileSync } from 'node:fs';
import { alertsFile, duckdbCommand, type ReplayResource, replayCommand, wcCommand } from './commands.ts';
import type { GeneratedFile } from './generated-file.ts';
import type { LoadName } from './group-by-load.ts';
import { measure, type Usage } from './measure.ts';
import { type Spread, spreadOf } from './statistics.ts';

/** One file, read by everybody. */
export interface Workload {
  name: string;
  load: LoadName;
  resource: ReplayResource;
  file: GeneratedFile;
  /** The same with one record: what a run costs before it reads anything. */
  emptyFile: GeneratedFile;
}

export const CONTENDERS = ['vedette', 'DuckDB', 'wc -l'] as const;
export type Contender = (typeof CONTENDERS)[number];

/** What one contender needed. CPU in seconds, memory in bytes. */
export interface Score {
  cpu: Spread;
  emptyCpu: number;
  /** Whole run less the empty one, round by round. */
  netCpu: Spread;
  wall: Spread;
  peakBytes: number;
  /** Above the empty run, which has loaded the same address data. */
  peakAboveEmptyBytes: number;
  /** Net CPU of Vedette by that of this contender, round by round. */
  ratio: Spread;
}

export interface Comparison {
  workload: Workload;
  scores: Record<Contender, Score>;
  /** Alerts that the timed runs wrote. */
  alerts: number;
}

type Round = Record<Contender, Usage>;

/** Runs all contenders in turn, `runs` times, and the same with the empty file. */
export async function compare(workload: Workload, runs: number): Promise<Comparison> {
  await measure(wcCommand(workload.file.path)); // so that every run finds the file in the page cache
  const empty = await playRounds(workload, `${workload.name}-empty`, workload.emptyFile.path, runs);
  const full = await playRounds(workload, workload.name, workload.file.path, runs);
  const alerts = readFileSync(alertsFile(workload.name), 'utf8').split('\n').length - 1;
  return { workload, alerts, scores: scoreAll(full, empty) };
}

async function playRounds(workload: Workload, name: string, path: string, runs: number): Promise<Round[]> {
  const replay = replayCommand(name, [{ ...workload.resource, path }], 1);
  const rounds: Round[] = [];
  for (let round = 0; round < runs; round++) {
    rounds.push({
      vedette: await measure(replay),
      DuckDB: await measure(duckdbCommand(workload.load, path)),
      'wc -l': await measure(wcCommand(path)),
    });
  }
  return rounds;
}

function scoreAll(full: readonly Round[], empty: readonly Round[]): Record<Contender, Score> {
  const net = (contender: Contender): number[] => {
    const emptyCpu = spreadOf(empty.map((round) => round[contender].cpuSeconds)).median;
    return full.map((round) => round[contender].cpuSeconds - emptyCpu);
  };
  const ours = net('vedette');
  const scoreOf = (contender: Contender): Score => {
    const netCpu = net(contender);
    const usages = full.map((round) => round[contender]);
    const emptyUsages = empty.map((round) => round[contender]);
    const peakBytes = spreadOf(usages.map((usage) => usage.peakBytes)).median;
    return {
      cpu: spreadOf(usages.map((usage) => usage.cpuSeconds)),
      emptyCpu: spreadOf(emptyUsages.map((usage) => usage.cpuSeconds)).median,
      netCpu: spreadOf(netCpu),
      wall: spreadOf(usages.map((usage) => usage.wallSeconds)),
      peakBytes,
      peakAboveEmptyBytes: peakBytes - spreadOf(emptyUsages.map((usage) => usage.peakBytes)).median,
      ratio: spreadOf(netCpu.map((seconds, round) => ours[round]! / seconds)),
    };
  };
  return { vedette: scoreOf('vedette'), DuckDB: scoreOf('DuckDB'), 'wc -l': scoreOf('wc -l') };
}
