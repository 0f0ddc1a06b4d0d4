import { visibleText } from './visible-text.ts';

/** Text that came from a log: an attacker may have chosen every byte. Its direction stays its own. */
export function LogText({ children, className }: { children: string; className?: string }) {
  return (
    <bdi className={className} style={{ overflowWrap: 'anywhere' }}>
      {visibleText(children)}
    </bdi>
  );
}
