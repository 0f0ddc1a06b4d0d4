import { Tab, TabList } from '@fluentui/react-components';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { ActivitiesTab } from './activities-tab.tsx';
import { type ActivitySearch, TABS } from './activity-search.ts';
import { SqlTab } from './sql-tab.tsx';

const WORDS = { activities: 'Activities', sql: 'SQL' } as const;

/** What happened: searched, counted, compared, asked in SQL. */
export function InvestigatePage() {
  const search = useSearch({ from: '/shell/investigate' });
  const navigate = useNavigate({ from: '/investigate' });
  const change = (next: ActivitySearch) => void navigate({ search: next });
  const tab = search.tab ?? 'activities';
  return (
    <Page
      title="Investigate"
      lead="Everything that was judged, as it happened."
      commands={
        <TabList selectedValue={tab} onTabSelect={(_, { value }) => change({ ...search, tab: value as typeof tab })}>
          {TABS.map((value) => (
            <Tab key={value} value={value}>
              {WORDS[value]}
            </Tab>
          ))}
        </TabList>
      }
    >
      {tab === 'sql' ? (
        <SqlTab search={search} onChange={change} />
      ) : (
        <ActivitiesTab search={search} onChange={change} />
      )}
    </Page>
  );
}
