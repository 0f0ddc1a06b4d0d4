import { Text } from '@fluentui/react-components';
import { useActivitySession } from '../../api/activities.ts';
import { lengthText } from '../../components/charts/length-text.ts';
import { Facts } from '../../components/facts.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { visibleText } from '../../components/visible-text.ts';
import type { ActivitySearch } from './activity-search.ts';
import { SessionSteps } from './session-steps.tsx';

/** The session that the list is narrowed to, from its beginning to its end; nothing where it is not one. */
export function SessionPanel({ search }: { search: ActivitySearch }) {
  const { session: [session] = [], resource, from, to } = search;
  if (session === undefined || resource === undefined || search.session?.length !== 1) {
    return null;
  }
  const times = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return <SessionOf query={{ resource, session, ...times }} />;
}

function SessionOf({ query }: { query: Parameters<typeof useActivitySession>[0] }) {
  const answer = useActivitySession(query);
  return (
    <Panel title={`Session ${visibleText(query.session)}`}>
      <Loaded query={answer}>
        {({ from, to, count, failures, bytes, principals, addresses, applications, databases, items, isCut }) => (
          <>
            <Facts
              facts={[
                { term: 'Began', value: <TimeText iso={from} isExact /> },
                { term: 'Lasted', value: lengthText(Date.parse(to) - Date.parse(from)) },
                { term: 'Activities', value: `${count.toLocaleString()}, ${failures.toLocaleString()} failed` },
                { term: 'Bytes sent', value: bytes > 0 ? bytes.toLocaleString() : undefined },
                { term: 'Principal', value: listed(principals) },
                { term: 'Address', value: listed(addresses) },
                { term: 'Application', value: listed(applications) },
                { term: 'Database', value: listed(databases) },
              ]}
            />
            <SessionSteps steps={items} />
            {isCut && <Text>There are more; the list below has them all.</Text>}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function listed(values: readonly string[]) {
  return values.length === 0 ? undefined : <LogText>{values.join(', ')}</LogText>;
}
