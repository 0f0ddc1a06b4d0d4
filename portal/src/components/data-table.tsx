import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { LogText } from './log-text.tsx';

const useStyles = makeStyles({
  frame: { overflowX: 'auto' },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase300 },
  caption: { textAlign: 'left', paddingBottom: '8px', color: tokens.colorNeutralForeground2 },
  head: {
    textAlign: 'left',
    padding: '6px 12px 6px 0',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    verticalAlign: 'bottom',
  },
  more: { marginTop: '8px' },
  cell: {
    padding: '6px 12px 6px 0',
    verticalAlign: 'top',
    minWidth: '72px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    fontVariantNumeric: 'tabular-nums',
  },
});

interface Props {
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Rows that are shown before somebody asks for more. */
const AT_FIRST = 8;

/** A plain table of facts that came out of logs. */
export function DataTable({ caption, columns, rows }: Props) {
  const styles = useStyles();
  const [areAllShown, setAllShown] = useState(rows.length <= AT_FIRST + 2);
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={styles.head}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, areAllShown ? rows.length : AT_FIRST).map((row) => (
            <tr key={row.join('\n')}>
              {row.map((cell, column) => (
                <td key={columns[column]} className={styles.cell}>
                  <LogText>{cell}</LogText>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {!areAllShown && (
        <Button size="small" className={styles.more} onClick={() => setAllShown(true)}>
          Show all {rows.length} rows
        </Button>
      )}
    </div>
  );
}
