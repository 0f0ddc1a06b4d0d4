import { readFileSync } from 'node:fs';
import { alertsFile, replayCommand } from './commands.ts';
import type { GeneratedFile } from './generated-file.ts';
import { measure } from './measure.ts';
import { type Spread, spreadOf } from './statistics.ts';

export interface CoresResult {
  resources: number;
  records: number;
  oneWorker: Spread;
  twoWorkers: Spread;
  /** Wall time with one worker by that with two, whole process, round by round. */
  speedup: Spread;
}

/** Replays several resources, each with its own file, with one worker and with two in turn. */
export async function measureCores(files: readonly GeneratedFile[], runs: number): Promise<CoresResult> {
  const resources = files.map(
    ({ path }, index) => ({ id: `server-${index}`, kind: 'postgresql', format: 'csvlog', path }) as const,
  );
  const [one, two] = [`cores-${files.length}-by-1`, `cores-${files.length}-by-2`];
  const commands = [replayCommand(one, resources, 1), replayCommand(two, resources, 2)] as const;
  const walls: { one: number; two: number }[] = [];
  await measure(commands[0]); // brings the files into the page cache
  for (let round = 0; round < runs; round++) {
    walls.push({ one: (await measure(commands[0])).wallSeconds, two: (await measure(commands[1])).wallSeconds });
  }
  if (!readFileSync(alertsFile(one)).equals(readFileSync(alertsFile(two)))) {
    throw new Error(`one worker and two wrote different alerts: compare ${alertsFile(one)} with ${alertsFile(two)}`);
  }
  return {
    resources: files.length,
    records: files.reduce((sum, { records }) => sum + records, 0),
    oneWorker: spreadOf(walls.map((wall) => wall.one)),
    twoWorkers: spreadOf(walls.map((wall) => wall.two)),
    speedup: spreadOf(walls.map((wall) => wall.one / wall.two)),
  };
}
