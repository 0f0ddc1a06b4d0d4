import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AlertSummary } from '../../api/schema.ts';
import { useIsNarrow } from '../../components/use-is-narrow.ts';
import { useVisibleRows } from '../../components/visible-rows.ts';
import { AlertListHead } from './alert-list-head.tsx';
import { AlertListRow } from './alert-list-row.tsx';
import { type Choice, rowsOf } from './alert-rows.ts';
import { useRowKeys } from './use-row-keys.ts';

const useStyles = makeStyles({
  frame: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
  },
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  filler: { padding: 0 },
  hint: {
    padding: '6px 12px',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (hover: none)': { display: 'none' },
  },
});

/** Height of a row in pixels: all are alike, so that the list knows where each is without drawing it. */
const ROW_HEIGHT = 72;
const NARROW_ROW_HEIGHT = 108;
/** More are asked for when so few are left below the screen. */
const LEFT_BELOW = 30;

interface Props {
  alerts: readonly AlertSummary[];
  isGrouped: boolean;
  choice: Choice;
  /** How many there are besides those that were read; told to screen readers. */
  hasMore: boolean;
  onNearEnd: () => void;
}

/** All alerts that fit, however many: only what is on the screen is drawn, more is read as it comes near. */
export function AlertList({ alerts, isGrouped, choice, hasMore, onNearEnd }: Props) {
  const styles = useStyles();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => rowsOf(alerts, isGrouped, closed), [alerts, isGrouped, closed]);
  const body = useRef<HTMLTableSectionElement>(null);
  const height = useIsNarrow() ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const { first, end } = useVisibleRows(body, rows.length, height);
  const onKeyDown = useRowKeys(body, rows, { height, choice });
  const isNearEnd = hasMore && end + LEFT_BELOW >= rows.length;
  useEffect(() => {
    if (isNearEnd) {
      onNearEnd();
    }
  }, [isNearEnd, onNearEnd]);
  const toggle = (key: string) => {
    const next = new Set(closed);
    next[next.has(key) ? 'delete' : 'add'](key);
    setClosed(next);
  };
  return (
    <div className={styles.frame}>
      <table
        className={styles.table}
        aria-label="Security alerts"
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        onKeyDown={onKeyDown}
      >
        <AlertListHead alerts={alerts} choice={choice} />
        <tbody ref={body}>
          <Filler height={first * height} />
          {rows.slice(first, end).map((row, at) => (
            <AlertListRow
              key={row.key}
              row={row}
              index={first + at}
              height={height}
              choice={choice}
              onToggle={toggle}
            />
          ))}
          <Filler height={(rows.length - end) * height} />
        </tbody>
      </table>
      <div className={mergeClasses(styles.hint)}>
        Keys: <kbd>↓</kbd> <kbd>↑</kbd> go from alert to alert, <kbd>x</kbd> chooses, <kbd>Enter</kbd> opens,{' '}
        <kbd>Home</kbd> and <kbd>End</kbd> go to the ends.
      </div>
    </div>
  );

  function Filler({ height: pixels }: { height: number }) {
    return pixels > 0 ? (
      <tr aria-hidden style={{ height: `${pixels}px` }}>
        <td className={styles.filler} colSpan={6} />
      </tr>
    ) : null;
  }
}
