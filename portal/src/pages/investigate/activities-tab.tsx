import { Button, Field, makeStyles, SearchBox } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type Activity,
  type ActivityField,
  useActivityFacets,
  useActivityHistogram,
  useActivityPages,
} from '../../api/activities.ts';
import { HistogramChart } from '../../components/charts/histogram-chart.tsx';
import { ErrorBar, Loaded, Nothing } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { type ActivitySearch, narrowed, queryOfSearch } from './activity-search.ts';
import { type ActivityActions, ActivityTable } from './activity-table.tsx';
import { Conditions } from './conditions.tsx';
import { DayPanel } from './day-panel.tsx';
import { Facets } from './facets.tsx';
import { SessionPanel } from './session-panel.tsx';
import { TimeRange } from './time-range.tsx';

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  text: { flexGrow: 1, maxWidth: '420px', minWidth: '200px' },
  columns: {
    display: 'grid',
    gridTemplateColumns: '260px minmax(0, 1fr)',
    gap: '16px',
    alignItems: 'start',
    '@media (max-width: 1000px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  main: { display: 'flex', flexDirection: 'column', rowGap: '12px', minWidth: 0 },
});

const FACETS = [
  'activity',
  'outcome',
  'principal',
  'address',
  'country',
  'application',
  'database',
  'table',
  'operation',
  'code',
] as const;

const WEEK_MS = 7 * 86_400_000;

interface Props {
  search: ActivitySearch;
  onChange: (search: ActivitySearch) => void;
}

/** Activities of a time: how many, of which kinds, and each. */
export function ActivitiesTab() {
  const styles = useStyles();
  const search = useSearch({ from: '/shell/investigate/' });
  const navigate = useNavigate({ from: '/investigate' });
  const onChange = (next: ActivitySearch) => void navigate({ search: next });
  const [now, setNow] = useState(Date.now);
  const query = queryOfSearch(search, now);
  const histogram = useActivityHistogram(query);
  const facets = useActivityFacets(query, FACETS);
  const [principal] = search.principal ?? [];
  const { from: _from, to: _to, alert: _alert, ...anyTime } = query;
  const between = (from: string, to: string) => {
    const { last: _last, ...rest } = search;
    onChange({ ...rest, from, to });
  };
  const narrow = (field: ActivityField, value: string, isNot: boolean) =>
    onChange(narrowed(search, field, value, isNot));
  const actions = { onNarrow: narrow, ...useWays(search, onChange) };
  return (
    <>
      <search className={styles.filters}>
        <TimeRange search={search} shown={histogram.data} onChange={onChange} />
        <TextField key={search.text} search={search} onChange={onChange} />
        <Button icon={<ArrowClockwiseRegular />} onClick={() => setNow(Date.now())}>
          Refresh
        </Button>
      </search>
      <Conditions search={search} onChange={onChange} />
      {search.day !== undefined && principal !== undefined && (
        <DayPanel query={anyTime} principal={principal} day={search.day} onClose={() => onChange(withoutDay(search))} />
      )}
      <SessionPanel search={search} />
      <div className={styles.columns}>
        <Panel title="Narrow down">
          <Loaded query={facets}>{({ items }) => <Facets facets={items} onNarrow={narrow} />}</Loaded>
        </Panel>
        <div className={styles.main}>
          <Panel title="Over time">
            <Loaded query={histogram}>{(bars) => <HistogramChart histogram={bars} onZoom={between} />}</Loaded>
          </Panel>
          <List search={search} now={now} actions={actions} onChange={onChange} />
        </div>
      </div>
    </>
  );
}

function List({ search, now, actions, onChange }: Props & { now: number; actions: ActivityActions }) {
  const pages = useActivityPages(queryOfSearch(search, now));
  const activities = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const { from: _from, to: _to, alert: _alert, ...rest } = search;
  return (
    <>
      <Loaded query={pages}>
        {() =>
          activities.length > 0 ? (
            <ActivityTable activities={activities} actions={actions} />
          ) : (
            <Nothing title="Nothing happened that fits">
              Take conditions away, or{' '}
              <Button size="small" onClick={() => onChange({ ...rest, last: '90d' })}>
                look at 90 days
              </Button>
            </Nothing>
          )
        }
      </Loaded>
      {pages.hasNextPage && (
        <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {pages.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </Button>
      )}
      {pages.isFetchNextPageError && <ErrorBar error={pages.error} />}
    </>
  );
}

function TextField({ search, onChange }: Props) {
  const styles = useStyles();
  const [text, setText] = useState(search.text ?? '');
  const submit = () => {
    const { text: _text, ...rest } = search;
    onChange(text === '' ? rest : { ...rest, text });
  };
  return (
    <Field label="Part of a statement" className={styles.text}>
      <SearchBox
        value={text}
        placeholder="copy customers"
        onChange={(_, { value }) => setText(value)}
        onKeyDown={({ key }) => key === 'Enter' && submit()}
        onBlur={submit}
      />
    </Field>
  );
}

/** Ways from an activity to what surrounds it. */
function useWays(search: ActivitySearch, onChange: Props['onChange']) {
  return {
    onSession: ({ session = '', resource, time }: Activity) =>
      onChange({ resource, session: [session], ...around(time) }),
    onDay: ({ principal = '', resource, time }: Activity) =>
      onChange({ ...search, resource, principal: [principal], day: time.slice(0, 10) }),
  };
}

/** A session lasts seldom longer than a week. */
function around(time: string): { from: string; to: string } {
  const at = Date.parse(time);
  return { from: new Date(at - WEEK_MS).toISOString(), to: new Date(at + WEEK_MS).toISOString() };
}

function withoutDay({ day: _day, ...rest }: ActivitySearch): ActivitySearch {
  return rest;
}
