import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  frame: {
    overflowX: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  table: { width: '100%', borderCollapse: 'collapse', '& a': { color: tokens.colorBrandForegroundLink } },
  header: { '@media (max-width: 700px)': { display: 'none' } },
  head: {
    textAlign: 'left',
    padding: '8px 12px',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    whiteSpace: 'nowrap',
  },
  row: {
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':not(:last-child) > td': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
    '@media (max-width: 700px)': {
      display: 'block',
      padding: '8px 0',
      borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
      ':not(:last-child) > td': { borderBottomStyle: 'none' },
    },
  },
  cell: {
    padding: '8px 12px',
    minWidth: '72px',
    verticalAlign: 'top',
    fontVariantNumeric: 'tabular-nums',
    '@media (max-width: 700px)': { display: 'flex', columnGap: '12px', padding: '3px 12px', minWidth: 0 },
  },
  short: { '@media (min-width: 701px)': { whiteSpace: 'nowrap' } },
  actions: { textAlign: 'right', whiteSpace: 'nowrap', '@media (max-width: 700px)': { textAlign: 'left' } },
  /** On a narrow screen each cell says what it is. */
  label: {
    display: 'none',
    flexShrink: 0,
    width: '104px',
    color: tokens.colorNeutralForeground3,
    '@media (max-width: 700px)': { display: 'block' },
  },
});

export interface Column<T> {
  /** Empty: what can be done about the row. */
  title: string;
  cell: (row: T) => ReactNode;
  /** Never more than a few words: stays on one line. */
  isShort?: boolean;
}

interface Props<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
}

/** A list of things with what can be done about each; on a narrow screen one below the other. */
export function ListTable<T>({ label, columns, rows, keyOf }: Props<T>) {
  const styles = useStyles();
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead className={styles.header}>
          <tr>
            {columns.map(({ title }) =>
              title === '' ? (
                <td key={title} className={styles.head} />
              ) : (
                <th key={title} scope="col" className={styles.head}>
                  {title}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className={styles.row}>
              {columns.map(({ title, cell, isShort = false }) => (
                <td
                  key={title}
                  className={mergeClasses(styles.cell, isShort && styles.short, title === '' && styles.actions)}
                >
                  {title !== '' && (
                    <span className={styles.label} aria-hidden>
                      {title}
                    </span>
                  )}
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
