import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { PositionPatch } from '../../journal/commit-log.ts';
import type { Journal } from '../../journal/journal.ts';
import { PushProblem } from './push-problem.ts';

/** Keys that one input remembers, about 50 bytes each on disk; the oldest are forgotten first. */
const MAX_KEYS = 10_000;
const MAX_KEY_CHARACTERS = 255;
/** Of a key's hash: enough that no two meet. */
const HASH_BYTES = 16;
const PREFIX = 'key:';

/** The idempotency keys of one input: they lie in its journal, so they are certain exactly when the bytes are. */
export interface SeenKeys {
  /**
   * Takes a body once under its key. A second one, also one that comes while the first is being written, is told the
   * same; another body under a key that was used is refused.
   */
  once(key: string, body: Uint8Array, take: (patch: PositionPatch) => Promise<void>): Promise<'taken' | 'known'>;
}

export function createSeenKeys(journal: Journal): SeenKeys {
  const underWay = new Map<string, { print: string; taken: Promise<void> }>();
  /** Oldest first. */
  const known = new Set([...journal.positions.keys()].filter((key) => key.startsWith(PREFIX)));

  function patchFor(key: string, print: string): PositionPatch {
    known.add(key);
    const [oldest] = known;
    if (known.size <= MAX_KEYS || oldest === undefined) {
      return { [key]: print };
    }
    known.delete(oldest);
    return { [key]: print, [oldest]: null };
  }

  async function takeFirst(key: string, print: string, take: (patch: PositionPatch) => Promise<void>): Promise<void> {
    const taken = take(patchFor(key, print));
    underWay.set(key, { print, taken });
    try {
      await taken;
    } catch (error) {
      known.delete(key);
      throw error;
    } finally {
      underWay.delete(key);
    }
  }

  return {
    async once(given, body, take) {
      const key = keyOf(given);
      const print = printOf(body);
      const earlier = underWay.get(key);
      const earlierPrint = earlier?.print ?? journal.positions.get(key);
      if (earlierPrint !== undefined && earlierPrint !== print) {
        throw new PushProblem(422, 'this idempotency key was used for another body; give each body a key of its own');
      }
      if (earlierPrint === undefined) {
        await takeFirst(key, print, take);
        return 'taken';
      }
      await earlier?.taken;
      return 'known';
    },
  };
}

function keyOf(given: string): string {
  if (given.length === 0 || given.length > MAX_KEY_CHARACTERS) {
    throw new PushProblem(400, `an idempotency key has 1 to ${MAX_KEY_CHARACTERS} characters`);
  }
  const hash = createHash('sha256').update(given).digest().subarray(0, HASH_BYTES);
  return PREFIX + hash.toString('base64url');
}

/** Tells bodies apart that a client confuses; nobody gains by making two alike. */
function printOf(body: Uint8Array): string {
  return `${crc32(body).toString(36)}.${body.length.toString(36)}`;
}
