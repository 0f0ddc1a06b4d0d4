import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { SqlView } from '../../api/sql.ts';
import { DataTable } from '../../components/data-table.tsx';

const useStyles = makeStyles({
  summary: { cursor: 'pointer', padding: '4px 0' },
  name: { fontFamily: tokens.fontFamilyMonospace, fontWeight: tokens.fontWeightSemibold },
});

/** The views with their columns. */
export function SqlViews({ views }: { views: readonly SqlView[] }) {
  const styles = useStyles();
  return views.map(({ name, description, columns }) => (
    <details key={name}>
      <summary className={styles.summary}>
        <span className={styles.name}>{name}</span> <Text>{description}</Text>
      </summary>
      <DataTable
        caption={`Columns of ${name}`}
        columns={['Column', 'Type', 'What']}
        rows={columns.map((column) => [column.name, column.type, column.description])}
      />
    </details>
  ));
}
