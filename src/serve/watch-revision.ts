import type { Store } from '../store/store.ts';

/** Other processes change settings, too: the store is asked this often. */
const ASK_MS = 500;

/**
 * Calls at once, and again within a second whenever people changed settings, resources or documents. Where it rejects, or
 * the store does not answer, it is called again.
 *
 * @returns how to stop
 */
export function watchRevision({ settings }: Pick<Store, 'settings'>, act: () => Promise<void>): () => void {
  let revision = -1;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    const now = await settings.revision();
    if (now !== revision) {
      await act();
      revision = now;
    }
  }

  function askSoon(): void {
    asking ??= ask()
      .catch(() => undefined)
      .finally(() => {
        asking = undefined;
      });
  }

  askSoon();
  const stopWatching = settings.watch(askSoon);
  const timer = setInterval(askSoon, ASK_MS);
  return () => {
    stopWatching();
    clearInterval(timer);
  };
}
