import { byteText, startsWith } from '../../lib/byte-text.ts';

const SPACE = 0x20;
const CAPITAL_T = 0x54;
/** `2026-11-21T10:00:00.123456789+00:00` is the longest time. */
const MAX_TIME = 36;
const STREAMS = [byteText('stdout F '), byteText('stderr F ')];

/**
 * Behind what a container runtime writes in front of a line that is whole (`2026-11-21T10:00:00.123Z stdout F `);
 * `start` itself where nothing of that kind stands.
 * Source: github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md.
 */
export function behindContainerHeader(words: DataView, start: number, end: number): number {
  if (start + MAX_TIME > end || words.getUint8(start + 10) !== CAPITAL_T) {
    return start;
  }
  for (let p = start + 11; p < start + MAX_TIME; p++) {
    if (words.getUint8(p) === SPACE) {
      const stream = STREAMS.find((name) => startsWith(words, p + 1, end, name));
      return stream === undefined ? start : p + 1 + stream.length;
    }
  }
  return start;
}
