/**
 * CPU of `vedette replay` beside that of the tools that watch PostgreSQL's log today, on the same log of text:
 * pgBadger, fail2ban-regex and SEC, each from Debian. They do less: pgBadger reports, the others match failed logins.
 * Prints markdown; exits with 1 when a ratio is missed. What is not installed is left out.
 */
import { parseArgs } from 'node:util';
import { replayCommand } from '../throughput/commands.ts';
import { isInstalled, machineLines } from '../throughput/machine.ts';
import { measure } from '../throughput/measure.ts';
import { formatWorkload, sessionTemplates } from '../throughput/workloads.ts';
import { PEERS, type Peer } from './peer-commands.ts';

const { values } = parseArgs({
  options: { records: { type: 'string', default: '400000' }, runs: { type: 'string', default: '1' } },
});
const runs = Number(values.runs);
const { resource, file, emptyFile } = formatWorkload('stderr', Number(values.records), sessionTemplates(undefined));
const vedette: Peer = {
  name: 'vedette',
  command: 'vedette',
  least: 1,
  commandOf: (path) => replayCommand('peers', [{ ...resource, path }], 1),
};

print(['# Peers', '', ...machineLines(), `- ${file.records} records as text, ${(file.bytes / 1e6).toFixed(0)} MB`, '']);
print(['| | net CPU s | that of vedette | at least | |', '|---|---|---|---|---|']);
const ours = await netCpuOf(vedette);
print([`| vedette | ${ours.toFixed(2)} | | | |`]);
for (const peer of PEERS) {
  if (!isInstalled(peer.command)) {
    print([`| ${peer.name} | | | | left out: ${peer.command} is not installed |`]);
    continue;
  }
  const theirs = await netCpuOf(peer);
  const ratio = theirs / ours;
  const isHeld = ratio >= peer.least;
  print([
    `| ${peer.name} | ${theirs.toFixed(2)} | ${ratio.toFixed(1)} × | ${peer.least} × | ${isHeld ? 'held' : '**missed**'} |`,
  ]);
  process.exitCode = isHeld ? process.exitCode : 1;
}

/** Median CPU of the runs on the file, less that on next to no records, seconds. */
async function netCpuOf(peer: Peer): Promise<number> {
  const empty = await measure(peer.commandOf(emptyFile.path));
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    seconds.push((await measure(peer.commandOf(file.path))).cpuSeconds - empty.cpuSeconds);
  }
  return seconds.sort((a, b) => a - b)[Math.floor(runs / 2)]!;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
