import { readFileSync } from 'node:fs';
import { alertsFile, type ReplayResource, replayCommand, wcCommand } from './commands.ts';
import type { GeneratedFile } from './generated-file.ts';
import { measure, type Usage } from './measure.ts';
import type { CountName } from './own-counts.ts';
import { type Spread, spreadOf } from './statistics.ts';

/** One file, read by everybody. */
export interface Workload {
  name: string;
  /** How our own parsers count what the reference counts. */
  counts: CountName;
  reference: Reference;
  resource: ReplayResource;
  file: GeneratedFile;
  /** The same with next to no records: what a run costs before it reads anything. */
  emptyFile: GeneratedFile;
  /** Who else does the same work; undefined where nobody is measured. */
  peer: Peer | undefined;
}

/** Whom our results are checked against. */
export interface Reference {
  name: string;
  command: readonly string[];
  /** Queries that the format can answer; all of them by default. */
  queries?: readonly string[];
}

export interface Peer {
  name: string;
  command: readonly string[];
  /** The same on the empty file. */
  emptyCommand: readonly string[];
}

export const VEDETTE = 'vedette';
export const WC = 'wc -l';

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
  vedette: Score;
  /** By name of the contender, in the order of their turns; ours is the first. */
  scores: ReadonlyMap<string, Score>;
  /** Alerts that the timed runs wrote. */
  alerts: number;
}

/** Usage by contender. */
type Round = Map<string, Usage>;

/** Runs all contenders in turn, `runs` times, and the same with the empty file. */
export async function compare(workload: Workload, runs: number): Promise<Comparison> {
  const { name, file, emptyFile, peer } = workload;
  await measure(wcCommand(file.path)); // so that every run finds the file in the page cache
  const empty = await playRounds(commandsOf(workload, `${name}-empty`, emptyFile.path, peer?.emptyCommand), runs);
  const full = await playRounds(commandsOf(workload, name, file.path, peer?.command), runs);
  const alerts = readFileSync(alertsFile(name), 'utf8').split('\n').length - 1;
  const scores = scoreAll(full, empty);
  return { workload, alerts, vedette: scores.get(VEDETTE)!, scores };
}

/** What each contender runs, in the order of their turns. */
function commandsOf(
  { resource, peer }: Workload,
  name: string,
  path: string,
  peerCommand: readonly string[] | undefined,
): Map<string, readonly string[]> {
  const commands = new Map<string, readonly string[]>([[VEDETTE, replayCommand(name, [{ ...resource, path }], 1)]]);
  if (peer !== undefined && peerCommand !== undefined) {
    commands.set(peer.name, peerCommand);
  }
  return commands.set(WC, wcCommand(path));
}

async function playRounds(commands: ReadonlyMap<string, readonly string[]>, runs: number): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < runs; round++) {
    const usages: Round = new Map();
    for (const [contender, command] of commands) {
      usages.set(contender, await measure(command));
    }
    rounds.push(usages);
  }
  return rounds;
}

function scoreAll(full: readonly Round[], empty: readonly Round[]): Map<string, Score> {
  const usagesOf = (rounds: readonly Round[], contender: string) => rounds.map((round) => round.get(contender)!);
  const net = (contender: string): number[] => {
    const emptyCpu = spreadOf(usagesOf(empty, contender).map((usage) => usage.cpuSeconds)).median;
    return usagesOf(full, contender).map((usage) => usage.cpuSeconds - emptyCpu);
  };
  const ours = net(VEDETTE);
  const scoreOf = (contender: string): Score => {
    const netCpu = net(contender);
    const usages = usagesOf(full, contender);
    const emptyUsages = usagesOf(empty, contender);
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
  return new Map([...full[0]!.keys()].map((contender) => [contender, scoreOf(contender)]));
}
