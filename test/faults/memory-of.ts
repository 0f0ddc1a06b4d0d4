import { detectors } from '../../src/detectors/index.ts';
import { parsers } from '../../src/parsers/index.ts';
import { readJudgement } from '../../src/pipeline/judgement-state.ts';

/** What a state refers to and does not own, and what depends on the secrets of a process. */
const PASSED_OVER = new Set(['directory', 'resource', 'vocabulary', 'parser', 'slots']);

/** What each detector has learned, as text that is equal for equal memories. */
export function memoryOf(state: Uint8Array, logId: string): Record<string, string> {
  const externals = {
    resource: {},
    enrichment: {},
    ...Object.fromEntries(parsers.map((parser) => [`parser ${parser.id}`, parser])),
    [`log ${logId}`]: {},
    [`bytes of ${logId}`]: {},
  };
  const { lane } = readJudgement(state, detectors, externals).state;
  return Object.fromEntries(Object.entries(lane.detectors).map(([id, memory]) => [id, JSON.stringify(memory, plain)]));
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
