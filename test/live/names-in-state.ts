import { PackedFinding } from '../../src/alerts/packed-finding.ts';
import { detectors } from '../../src/detectors/index.ts';
import type { Names } from '../../src/lib/names.ts';
import { readJudgement } from '../../src/pipeline/judgement-state.ts';

const OUTSIDE = { externals: {}, standIn: () => ({}) };

/** The principals that a state knows by name. */
export function principalsInState(state: Uint8Array): string[] {
  const { principals } = readJudgement(state, detectors, OUTSIDE).state.lane.state.vocabulary as { principals: Names };
  return principals.ids().map((id) => principals.textOf(id));
}

/** Where in what was saved of a resource a text fits: paths. Bytes are looked through as texts, too. */
export function textsInState(state: Uint8Array, fits: (text: string) => boolean): string[] {
  const { state: judgement, lost } = readJudgement(state, detectors, OUTSIDE);
  const found: string[] = [...lost];
  const seen = new Set<unknown>();

  function look(value: unknown, path: string): void {
    if (typeof value === 'string' && fits(value)) {
      found.push(`${path}: ${value.slice(0, 200)}`);
    }
    if (typeof value !== 'object' || value === null || seen.has(value)) {
      return;
    }
    seen.add(value);
    if (value instanceof PackedFinding) {
      look(value.unpacked(), `${path} unpacked`);
    }
    if (ArrayBuffer.isView(value)) {
      const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
      found.push(...(fits(text) ? [`${path}: its bytes`] : []));
    } else if (value instanceof Map || value instanceof Set) {
      for (const [key, item] of value.entries()) {
        look(key, `${path} key`);
        look(item, `${path}.${String(key)}`);
      }
    } else {
      for (const [key, item] of Object.entries(value)) {
        look(item, `${path}.${key}`);
      }
    }
  }

  look(judgement, '');
  return found;
}
