import { Dropdown, makeStyles, Option, SearchBox } from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { SEVERITIES, STATUSES } from '../../api/alerts.ts';
import type { AlertStatus, Severity } from '../../api/schema.ts';
import { STATUS_WORDS } from '../../components/status.tsx';
import type { AlertSearch } from './alert-search.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  text: { flexGrow: 1, maxWidth: '420px', minWidth: '200px' },
});

/** Narrows the list; the choice stands in the page's address. */
export function AlertFilters({ search }: { search: AlertSearch }) {
  const styles = useStyles();
  const navigate = useNavigate({ from: '/alerts' });
  const narrow = (change: AlertSearch) => void navigate({ search: { ...search, ...change }, replace: true });
  const statuses = search.status ?? ['Active', 'InProgress'];
  return (
    <search className={styles.root}>
      <SearchBox
        className={styles.text}
        placeholder="Words of the sentence, a name, an address"
        aria-label="Search alerts"
        defaultValue={search.text ?? ''}
        onChange={(_, { value }) => narrow({ text: value })}
      />
      <Dropdown
        multiselect
        aria-label="Severity"
        placeholder="Any severity"
        selectedOptions={search.severity ?? []}
        value={(search.severity ?? []).join(', ')}
        onOptionSelect={(_, { selectedOptions }) => narrow({ severity: selectedOptions as Severity[] })}
      >
        {SEVERITIES.map((severity) => (
          <Option key={severity}>{severity}</Option>
        ))}
      </Dropdown>
      <Dropdown
        multiselect
        aria-label="Status"
        selectedOptions={statuses}
        value={statuses.map((status) => STATUS_WORDS[status]).join(', ')}
        onOptionSelect={(_, { selectedOptions }) => narrow({ status: selectedOptions as AlertStatus[] })}
      >
        {STATUSES.map((status) => (
          <Option key={status} value={status}>
            {STATUS_WORDS[status]}
          </Option>
        ))}
      </Dropdown>
    </search>
  );
}
