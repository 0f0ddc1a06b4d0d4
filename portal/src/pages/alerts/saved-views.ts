import { useCallback, useSyncExternalStore } from 'react';
import { type AlertSearch, alertSearch } from './alert-search.ts';

/** A filter of the list under a name; kept in this browser. */
export interface SavedView {
  name: string;
  search: AlertSearch;
}

const KEY = 'vedette.alertViews';
/** More than anybody can choose from. */
const MOST = 30;
const listeners = new Set<() => void>();
let read: { text: string | null; views: readonly SavedView[] } = { text: null, views: [] };

/** The saved views by name, and how to keep and forget one. */
export function useSavedViews() {
  const views = useSyncExternalStore(subscribe, savedViews);
  const save = useCallback(
    (view: SavedView) => write([...savedViews().filter(({ name }) => name !== view.name), view].slice(-MOST)),
    [],
  );
  const remove = useCallback((name: string) => write(savedViews().filter((view) => view.name !== name)), []);
  return { views, save, remove };
}

function savedViews(): readonly SavedView[] {
  const text = localStorage.getItem(KEY);
  if (text !== read.text) {
    read = { text, views: viewsIn(text ?? '[]') };
  }
  return read.views;
}

/** What is no view is passed over: anybody may write into the storage of a browser. */
export function viewsIn(text: string): SavedView[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  const list: unknown[] = Array.isArray(parsed) ? parsed.slice(0, MOST) : [];
  return list
    .map((entry) => (entry ?? {}) as { name?: unknown; search?: unknown })
    .flatMap(({ name, search }) =>
      typeof name === 'string' && typeof search === 'object' && search !== null
        ? [{ name: name.slice(0, 100), search: alertSearch(search as Record<string, unknown>) }]
        : [],
    )
    .sort((a, b) => a.name.localeCompare(b.name));
}

function write(views: readonly SavedView[]): void {
  localStorage.setItem(KEY, JSON.stringify(views));
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}
