import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SqlResult } from '../../api/sql.ts';
import { LogText } from '../../components/log-text.tsx';
import { visibleText } from '../../components/visible-text.ts';

const useStyles = makeStyles({
  frame: { overflow: 'auto', maxHeight: '70vh' },
  table: { borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200, minWidth: '100%' },
  cell: {
    textAlign: 'left',
    padding: '4px 16px 4px 0',
    verticalAlign: 'top',
    maxWidth: '480px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  head: { position: 'sticky', top: 0, backgroundColor: tokens.colorNeutralBackground1, whiteSpace: 'nowrap' },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  type: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  link: { color: tokens.colorBrandForegroundLink },
  none: { color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
});

/** Rows that are shown before somebody asks for more. */
const AT_FIRST = 100;
const NUMERIC = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL)/;

/** The rows that a query found. Every cell may come out of a log. */
export function SqlAnswer({ result }: { result: SqlResult }) {
  const styles = useStyles();
  const { columns, rows, isCut } = result;
  const [shown, setShown] = useState(AT_FIRST);
  const numeric = columns.map(({ type }) => NUMERIC.test(type));
  return (
    <>
      <Text role="status">
        {rows.length.toLocaleString()} {rows.length === 1 ? 'row' : 'rows'}
        {isCut && ', and more: download the file for all of them'}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it where it is wider than the page */}
      <section className={styles.frame} aria-label="Rows" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map(({ name, type }, nth) => (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
                  key={nth}
                  scope="col"
                  className={mergeClasses(styles.cell, styles.head, numeric[nth] && styles.number)}
                >
                  <LogText>{name}</LogText> <span className={styles.type}>{visibleText(type.toLowerCase())}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name, and keep their order
              <tr key={at}>
                {row.map((value, nth) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                  <td key={nth} className={mergeClasses(styles.cell, numeric[nth] && styles.number)}>
                    <Cell column={columns[nth]?.name} value={value} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > shown && (
        <div>
          <Button size="small" onClick={() => setShown(rows.length)}>
            Show all {rows.length.toLocaleString()} rows
          </Button>
        </div>
      )}
    </>
  );
}

function Cell({ column, value }: { column: string | undefined; value: unknown }) {
  const styles = useStyles();
  if (value === null) {
    return <span className={styles.none}>null</span>;
  }
  const text = textOf(value);
  if (column === 'resource_uid') {
    return (
      <Link to="/resources/$id" params={{ id: text }} className={styles.link} title={visibleText(text)}>
        <LogText>{text.slice(text.lastIndexOf('/') + 1)}</LogText>
      </Link>
    );
  }
  return <LogText>{text}</LogText>;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
