import { type RefObject, useLayoutEffect, useState } from 'react';

/** Rows beyond the screen that are drawn all the same, so that nothing flashes. */
const SPARE = 12;

/** Of rows of one height in a page that scrolls: which are drawn, from `first` up to but not including `end`. */
export interface VisibleRows {
  first: number;
  end: number;
}

/** Draws only what is on the screen of a long list. @param rowHeight in pixels */
export function useVisibleRows(body: RefObject<HTMLElement | null>, count: number, rowHeight: number): VisibleRows {
  const [visible, setVisible] = useState<VisibleRows>({ first: 0, end: Math.min(count, 2 * SPARE) });
  useLayoutEffect(() => {
    const look = () => {
      const top = body.current?.getBoundingClientRect().top ?? 0;
      const next = visibleRows(-top, window.innerHeight, { count, rowHeight });
      setVisible((now) => (now.first === next.first && now.end === next.end ? now : next));
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, [body, count, rowHeight]);
  return { first: Math.min(visible.first, count), end: Math.min(visible.end, count) };
}

/** In steps of the spare rows, so that scrolling a little draws nothing anew. */
export function visibleRows(
  scrolled: number,
  screen: number,
  { count, rowHeight }: { count: number; rowHeight: number },
): VisibleRows {
  const first = Math.floor(Math.max(0, scrolled) / rowHeight / SPARE) * SPARE - SPARE;
  const end = Math.ceil(Math.max(0, scrolled + screen) / rowHeight / SPARE) * SPARE + SPARE;
  return { first: Math.min(count, Math.max(0, first)), end: Math.min(count, end) };
}
