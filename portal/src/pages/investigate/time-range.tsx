import { Button, Field, Input, makeStyles, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { type ActivitySearch, SPANS, type Span } from './activity-search.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
});

const WORDS: Readonly<Record<Span, string>> = {
  '1h': 'The last hour',
  '24h': 'The last 24 hours',
  '7d': 'The last 7 days',
  '30d': 'The last 30 days',
  '90d': 'The last 90 days',
};

interface Props {
  search: ActivitySearch;
  /** What is shown now: of a span or an alert the server says it. ISO 8601. */
  shown: { from: string; to: string } | undefined;
  onChange: (change: ActivitySearch) => void;
}

/** Which time is looked at: up to now, or from a moment to another. */
export function TimeRange({ search, shown, onChange }: Props) {
  const styles = useStyles();
  const isChosen = search.from !== undefined || search.to !== undefined;
  const value = isChosen
    ? 'between'
    : search.alert !== undefined && search.last === undefined
      ? 'alert'
      : (search.last ?? '24h');
  const choose = (next: string) => {
    const { from: _from, to: _to, last: _last, alert, ...rest } = search;
    if (next === 'between') {
      onChange({ ...rest, ...(alert !== undefined && { alert }), ...shown });
    } else if (next === 'alert') {
      onChange({ ...rest, ...(alert !== undefined && { alert }) });
    } else {
      onChange({ ...rest, last: next as Span });
    }
  };
  return (
    <div className={styles.root}>
      <Field label="Time">
        <Select value={value} onChange={(_, data) => choose(data.value)}>
          {search.alert !== undefined && <option value="alert">An hour around the alert</option>}
          {(Object.keys(SPANS) as Span[]).map((span) => (
            <option key={span} value={span}>
              {WORDS[span]}
            </option>
          ))}
          <option value="between">Between two moments</option>
        </Select>
      </Field>
      {value === 'between' && (
        <Moments key={`${search.from} ${search.to}`} search={search} shown={shown} onChange={onChange} />
      )}
    </div>
  );
}

function Moments({ search, shown, onChange }: Props) {
  const [from, setFrom] = useState(localOf(search.from ?? shown?.from));
  const [to, setTo] = useState(localOf(search.to ?? shown?.to));
  const apply = () => {
    const { from: _from, to: _to, last: _last, ...rest } = search;
    onChange({ ...rest, ...timeOf('from', from), ...timeOf('to', to) });
  };
  return (
    <>
      <Field label="From">
        <Input type="datetime-local" step={1} value={from} onChange={(_, { value }) => setFrom(value)} />
      </Field>
      <Field label="To">
        <Input type="datetime-local" step={1} value={to} onChange={(_, { value }) => setTo(value)} />
      </Field>
      <Button onClick={apply}>Apply</Button>
    </>
  );
}

/** A moment as its field has it: in this browser's zone. */
function localOf(iso: string | undefined): string {
  if (iso === undefined) {
    return '';
  }
  const time = new Date(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

function timeOf(key: 'from' | 'to', local: string): ActivitySearch {
  const time = new Date(local);
  return local === '' || Number.isNaN(time.getTime()) ? {} : { [key]: time.toISOString() };
}
