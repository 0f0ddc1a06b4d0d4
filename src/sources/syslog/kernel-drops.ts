import { readFileSync } from 'node:fs';

/** Columns of /proc/net/udp: the local address, and what the kernel dropped since the socket was opened. */
const LOCAL = 1;
const DROPS = 12;

/**
 * Datagrams that came to a port and found no room, so far; undefined where the kernel does not tell. proc(5),
 * /proc/net/udp.
 */
export function kernelDrops(port: number): number | undefined {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = ['/proc/net/udp', '/proc/net/udp6'].flatMap(linesOf).map((line) => line.trim().split(/\s+/));
  const drops = rows.filter((columns) => columns[LOCAL]?.endsWith(ending)).map((columns) => Number(columns[DROPS]));
  return drops.length === 0 ? undefined : drops.reduce((sum, count) => sum + count, 0);
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(1);
  } catch {
    return []; // another system
  }
}
