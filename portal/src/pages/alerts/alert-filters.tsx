import { Button, Dropdown, Input, makeStyles, Option, SearchBox, Switch } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { SEVERITIES, STATUSES } from '../../api/alerts.ts';
import type { AlertStatus, Severity } from '../../api/schema.ts';
import { STATUS_WORDS } from '../../components/status.tsx';
import { useTypedText } from '../../components/use-typed-text.ts';
import type { AlertSearch } from './alert-search.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', gap: '8px 12px', alignItems: 'end' },
  text: { flexGrow: 1, maxWidth: '420px', minWidth: '200px' },
  choice: { minWidth: '140px', '& > button': { minWidth: 0 } },
});

/** Narrows the list; the choice stands in the page's address. */
export function AlertFilters({ search }: { search: AlertSearch }) {
  const styles = useStyles();
  const navigate = useNavigate({ from: '/alerts' });
  const narrow = (change: { [K in keyof AlertSearch]: AlertSearch[K] | undefined }) =>
    void navigate({ search: (now: AlertSearch) => given({ ...now, ...change }), replace: true });
  const [text, setText] = useTypedText(search.text ?? '', (next) => narrow({ text: next }));
  const statuses = search.status ?? ['Active', 'InProgress'];
  return (
    <search className={styles.root}>
      <SearchBox
        className={styles.text}
        placeholder="Words of the sentence, a name, an address"
        aria-label="Search alerts"
        value={text}
        onChange={(_, { value }) => setText(value)}
      />
      <Dropdown
        multiselect
        className={styles.choice}
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
        className={styles.choice}
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
      <Input
        type="date"
        aria-label="First day"
        contentBefore={<span>From</span>}
        value={search.from ?? ''}
        onChange={(_, { value }) => narrow({ from: value })}
      />
      <Input
        type="date"
        aria-label="Last day"
        contentBefore={<span>To</span>}
        value={search.to ?? ''}
        onChange={(_, { value }) => narrow({ to: value })}
      />
      <Switch
        label="By intrusion"
        checked={search.group === true}
        onChange={(_, { checked }) => narrow({ group: checked ? true : undefined })}
      />
      {search.resource !== undefined && (
        <Button
          icon={<DismissRegular />}
          iconPosition="after"
          aria-label={`Show all resources, not only ${search.resource}`}
          onClick={() => narrow({ resource: undefined })}
        >
          {`On ${search.resource.split('/').at(-1)}`}
        </Button>
      )}
    </search>
  );
}

/** Without what is empty: an address says only what was chosen. */
function given(search: { [K in keyof AlertSearch]: AlertSearch[K] | undefined }): AlertSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== '' && String(value) !== ''),
  );
}
