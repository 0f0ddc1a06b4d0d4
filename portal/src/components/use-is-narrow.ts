import { useSyncExternalStore } from 'react';

/** The width below which lists lose their lesser columns. */
const NARROW = window.matchMedia('(max-width: 800px)');

export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => NARROW.matches);
}

function subscribe(listener: () => void): () => void {
  NARROW.addEventListener('change', listener);
  return () => NARROW.removeEventListener('change', listener);
}
