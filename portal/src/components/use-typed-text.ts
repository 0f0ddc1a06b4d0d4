import { useEffect, useRef, useState } from 'react';

/** So long after the last key a text is looked for; milliseconds. */
const PAUSE_MS = 250;

/**
 * A text that somebody types, told once they pause. What it becomes in another way (a link, a saved view) is shown; what
 * was typed meanwhile is never taken back.
 */
export function useTypedText(outside: string, onTyped: (text: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(outside);
  const told = useRef(outside);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (outside !== told.current) {
      told.current = outside;
      setText(outside);
    }
  }, [outside]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      told.current = next;
      onTyped(next);
    }, PAUSE_MS);
  };
  return [text, type];
}
