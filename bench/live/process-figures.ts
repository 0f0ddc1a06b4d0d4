import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of the processor's clock a second, as Linux counts them. */
const TICKS = 100;
const KILOBYTE = 1024;

/** Bytes of a process that are in memory. */
export function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return KILOBYTE * Number(kilobytes);
}

/** User and system time of a process and of its children that run, seconds. */
export function cpuSeconds(pid: number): number {
  const children = childrenOf(pid).map(ownCpuSeconds);
  return children.reduce((sum, it) => sum + it, ownCpuSeconds(pid));
}

/** `proc(5)`: the 14th and 15th field of `stat`. */
function ownCpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const children = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim();
    return children === '' ? [] : children.split(' ').map(Number);
  });
}
