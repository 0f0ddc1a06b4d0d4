import { detectors } from '../../src/detectors/index.ts';
import { parsers } from '../../src/parsers/index.ts';
import { readJudgement } from '../../src/pipeline/judgement-state.ts';

/** What a state refers to and does not own, and what depends on the secrets of a process. */
const PASSED_OVER = new Set(['directory', 'resource', 'vocabulary', 'parser', 'slots']);

/** What each detector has learned, as text that is equal for equal memories, and what was counted. */
export function rememberedIn(
  state: Uint8Array,
  logId: string,
): { memory: Record<string, string>; counts: Record<string, unknown> } {
  const externals = {
    resource: {},
    enrichment: {},
    ...Object.fromEntries(parsers.map((parser) => [`parser ${parser.id}`, parser])),
    [`log ${logId}`]: {},
    [`bytes of ${logId}`]: {},
  };
  const { lane, counts } = readJudgement(state, detectors, { externals }).state;
  const { notes: _, rejected, ...numbers } = counts;
  return {
    memory: Object.fromEntries(
      Object.entries(lane.detectors).map(([id, memory]) => [id, JSON.stringify(memory, plain)]),
    ),
    counts: {
      ...numbers,
      rejected: Object.entries(rejected)
        .map(([reason, { count }]) => `${count} ${reason}`)
        .sort(),
    },
  };
}

function plain(this: unknown, key: string, value: unknown): unknown {
  if (PASSED_OVER.has(key)) {
    return undefined;
  }
  if (key === 'source') {
    return undefined; // which name a file had when a line was read is a matter of time
  }
  if (value instanceof Map || value instanceof Set) {
    return [...(value as Iterable<unknown>)];
  }
  return ArrayBuffer.isView(value) ? Buffer.from(value.buffer as ArrayBuffer).toString('base64') : value;
}
