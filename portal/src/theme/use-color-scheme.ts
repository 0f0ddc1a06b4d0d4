import { useCallback, useSyncExternalStore } from 'react';

export type ColorScheme = 'light' | 'dark';
/** What the person chose; `system` follows the machine. */
export type SchemeChoice = ColorScheme | 'system';

const KEY = 'vedette.colorScheme';
const DARK_QUERY = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

/** The scheme to show now, the person's choice, and how to change it; kept in this browser. */
export function useColorScheme(): {
  scheme: ColorScheme;
  choice: SchemeChoice;
  choose: (choice: SchemeChoice) => void;
} {
  const choice = useSyncExternalStore(subscribe, readChoice);
  const isSystemDark = useSyncExternalStore(subscribe, () => DARK_QUERY.matches);
  const choose = useCallback((next: SchemeChoice) => {
    localStorage.setItem(KEY, next);
    for (const listener of listeners) {
      listener();
    }
  }, []);
  return { scheme: choice === 'system' ? (isSystemDark ? 'dark' : 'light') : choice, choice, choose };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  DARK_QUERY.addEventListener('change', listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    DARK_QUERY.removeEventListener('change', listener);
    window.removeEventListener('storage', listener);
  };
}

function readChoice(): SchemeChoice {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}
