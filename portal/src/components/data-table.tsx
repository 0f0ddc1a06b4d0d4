import { makeStyles, tokens } from '@fluentui/react-components';
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
    whiteSpace: 'nowrap',
  },
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

/** A plain table of facts that came out of logs. */
export function DataTable({ caption, columns, rows }: Props) {
  const styles = useStyles();
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
          {rows.map((row) => (
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
    </div>
  );
}
