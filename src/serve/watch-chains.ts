import type { SourcePlan } from '../pipeline/plan.ts';
import { chainsPresent, chainsRead } from './live-streams-plan.ts';

/** A new export is read from its beginning: nothing is lost by finding it late. */
const LOOK_MS = 2000;

/**
 * Looks whether shared folders have got files that continue no other.
 *
 * @param restream reads the streams with them; when it rejects it is called again
 * @returns how to stop
 */
export function watchChains(
  streams: () => readonly SourcePlan[],
  restream: () => Promise<void>,
  note: (text: string) => void,
): () => void {
  /** That were there when streams were last planned, read or not. */
  const tried = new Set<string>();
  let told = '';
  let isBusy = false;

  async function look(): Promise<void> {
    const present = chainsPresent(streams());
    const read = chainsRead(streams());
    if (![...present].some((chain) => !read.has(chain) && !tried.has(chain))) {
      return;
    }
    await restream();
    for (const chain of present) {
      tried.add(chain);
    }
  }

  const timer = setInterval(() => {
    if (isBusy) {
      return;
    }
    isBusy = true;
    look()
      .catch((error: Error) => {
        if (error.message !== told) {
          told = error.message;
          note(`streams are read as before: ${error.message}`);
        }
      })
      .finally(() => {
        isBusy = false;
      });
  }, LOOK_MS);
  return () => clearInterval(timer);
}
