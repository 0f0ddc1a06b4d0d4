import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of the processor's clock a second, as Linux counts them. */
const TICKS = 100;

/** What this process and its children have taken by now, as Linux tells. */
export interface Taken {
  cpuSeconds: number;
  /** Of this process, and of the children together: the most that they held so far. */
  peakBytes: number;
  childPeakBytes: number;
}

/** Children that ended are counted as long as they were asked for while they ran. */
const ended = new Map<number, { cpu: number; peak: number }>();

export function taken(): Taken {
  for (const pid of childrenOf(process.pid)) {
    ended.set(pid, { cpu: cpuOf(pid), peak: peakOf(pid) });
  }
  const children = [...ended.values()];
  const { user, system } = process.cpuUsage();
  return {
    cpuSeconds: (user + system) / 1e6 + children.reduce((sum, { cpu }) => sum + cpu, 0),
    peakBytes: peakOf(process.pid),
    childPeakBytes: Math.max(0, ...children.map(({ peak }) => peak)),
  };
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.[1] === String(parent));
}

/** Fields of /proc/PID/stat behind the name, from the state on. */
function statOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return undefined; // it ended
  }
}

function cpuOf(pid: number): number {
  const fields = statOf(pid);
  return fields === undefined ? 0 : (Number(fields[11]) + Number(fields[12])) / TICKS;
}

function peakOf(pid: number): number {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
