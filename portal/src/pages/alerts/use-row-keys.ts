import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { AlertRow, Choice } from './alert-rows.ts';

/** Of the links and buttons by which a row is gone into; rows off the screen have none yet. */
export const ROW_ATTRIBUTE = 'data-row';

/**
 * Arrow keys, Home and End go from row to row, also to those that are not drawn yet; `x` chooses. Everything else is
 * left to the link that has the focus.
 */
export function useRowKeys(
  body: RefObject<HTMLElement | null>,
  rows: readonly AlertRow[],
  { height, choice }: { height: number; choice: Choice },
) {
  const wanted = useRef<number>(undefined);
  useEffect(() => {
    if (wanted.current !== undefined) {
      const target = targetOf(body.current, wanted.current);
      if (target !== undefined) {
        wanted.current = undefined;
        target.focus({ preventScroll: true });
      }
    }
  });
  const goTo = (index: number) => {
    const at = Math.max(0, Math.min(rows.length - 1, index));
    wanted.current = at;
    scrollTo(body.current, at, height);
    targetOf(body.current, at)?.focus({ preventScroll: true });
  };
  return (event: KeyboardEvent) => {
    const index = Number((event.target as HTMLElement).getAttribute(ROW_ATTRIBUTE) ?? Number.NaN);
    if (Number.isNaN(index) || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      goTo(to);
    } else if (event.key === 'x') {
      event.preventDefault();
      choice.onChoose(toggled(choice.chosen, rows[index]));
    }
  };
}

function targetOf(body: HTMLElement | null, index: number): HTMLElement | undefined {
  return body?.querySelector<HTMLElement>(`[${ROW_ATTRIBUTE}="${index}"]`) ?? undefined;
}

/** Brings a row on the screen, below the bar at the top. */
function scrollTo(body: HTMLElement | null, index: number, height: number): void {
  const top = (body?.getBoundingClientRect().top ?? 0) + index * height;
  const lowest = window.innerHeight - 2 * height;
  if (top < 2 * height) {
    window.scrollBy(0, top - 2 * height);
  } else if (top > lowest) {
    window.scrollBy(0, top - lowest);
  }
}

/** With the alerts of a row, or without where all of them were chosen. */
export function toggled(chosen: ReadonlySet<string>, row: AlertRow | undefined): ReadonlySet<string> {
  const names = row === undefined ? [] : namesIn(row);
  const next = new Set(chosen);
  const isChosen = names.every((name) => chosen.has(name));
  for (const name of names) {
    next[isChosen ? 'delete' : 'add'](name);
  }
  return next;
}

export function namesIn(row: AlertRow): readonly string[] {
  return row.kind === 'alert' ? [row.alert.name] : row.alerts.map(({ name }) => name);
}
