import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** What one process used from its start to its end. */
export interface Usage {
  /** User and system time of all threads, seconds. */
  cpuSeconds: number;
  wallSeconds: number;
  /** Largest resident set, bytes. */
  peakBytes: number;
  stdout: string;
}

/**
 * One method for every command, ours or not, that needs nothing but Linux and bash. CPU time is what the kernel
 * charges the waiting shell for its ended child (`times`, getrusage, resolution 1 ms). The peak is the kernel's own
 * high-water mark (VmHWM), read while the process lives: only growth within the last poll is missed.
 * `/usr/bin/time` tells the same and is often not installed.
 */
const SHELL_SCRIPT = '"$@" & echo $! >&3; wait $!; status=$?; times >&3; exit $status';

/** Milliseconds between two looks at the high-water mark: a look takes some 30 µs, 0.3% of a core. */
const POLL_MS = 10;

/** Runs a command to its end. Throws when it fails, with what it wrote on stderr. */
export async function measure(command: readonly string[]): Promise<Usage> {
  const started = performance.now();
  const shell = spawn('bash', ['-c', SHELL_SCRIPT, 'bash', ...command], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [stdout, stderr, report] = shell.stdio.slice(1).map((stream) => collect(stream as Readable));
  let peakBytes = 0;
  const poll = setInterval(() => {
    peakBytes = Math.max(peakBytes, highWaterBytes(report!.text));
  }, POLL_MS);
  const status = await new Promise<number | null>((resolve) => shell.once('close', resolve));
  clearInterval(poll);
  if (status !== 0) {
    throw new Error(`${command.join(' ')} ended with ${status}: ${stderr!.text.slice(-2000)}`);
  }
  return {
    cpuSeconds: childCpuSeconds(report!.text),
    wallSeconds: (performance.now() - started) / 1000,
    peakBytes,
    stdout: stdout!.text,
  };
}

function collect(stream: Readable): { text: string } {
  const collected = { text: '' };
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    collected.text += chunk;
  });
  return collected;
}

/** Zero before the process has started and after it has ended. */
function highWaterBytes(report: string): number {
  try {
    const status = readFileSync(`/proc/${Number.parseInt(report, 10)}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Last line of `times`: `1m2.345s 0m0.678s`, user and system time of the children. */
function childCpuSeconds(report: string): number {
  const times = [
    ...report
      .trimEnd()
      .split('\n')
      .at(-1)!
      .matchAll(/(\d+)m([\d.]+)s/g),
  ];
  return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
