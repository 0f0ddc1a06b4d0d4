import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';
import type { OnProgress } from '../pipeline/plan.ts';

/** Bytes of a megabyte, as the bar counts. */
const MEGABYTE = 1e6;

/** Short enough for 80 cells, so that no terminal setting need be changed, nor restored by catching Ctrl-C. */
const OPTIONS = { barsize: 20, clearOnComplete: true, linewrap: true, gracefulExit: false };

export interface ProgressBar {
  onProgress: OnProgress;
  /** Removes the bar. Nothing is drawn afterwards. */
  stop(): void;
}

/** A bar of the megabytes read, on a terminal; undefined on anything else. */
export function progressBar(stream: WriteStream): ProgressBar | undefined {
  if (!stream.isTTY) {
    return undefined;
  }
  const format = 'reading {bar} {percentage}% | {value} of {total} MB | {eta_formatted} left';
  const bar = new SingleBar({ ...OPTIONS, stream, format }, Presets.shades_classic);
  bar.start(0, 0);
  return {
    onProgress: (bytesRead, bytesTotal) => {
      bar.setTotal(Math.ceil(bytesTotal / MEGABYTE));
      bar.update(Math.floor(bytesRead / MEGABYTE));
    },
    stop: () => bar.stop(),
  };
}
