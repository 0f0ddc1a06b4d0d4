import { Button, SearchBox } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { useResourcePages } from '../../api/resources.ts';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';
import { ResourceTable } from './resource-table.tsx';

export function ResourcesPage() {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const query = useResourcePages(useDeferredValue(text));
  const resources = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page
      title="Resources"
      lead="The databases that Vedette knows, and whether it watches them."
      commands={
        <Button appearance="subtle" icon={<AddRegular />} onClick={() => void navigate({ to: '/resources/add' })}>
          Add a database
        </Button>
      }
    >
      <SearchBox
        placeholder="Part of a name or an id"
        aria-label="Search resources"
        value={text}
        onChange={(_, { value }) => setText(value)}
      />
      <Loaded query={query}>
        {() =>
          resources.length > 0 ? (
            <ResourceTable resources={resources} />
          ) : text === '' ? (
            <Nothing title="No database yet">
              <Link to="/resources/add">Show some lines of a log</Link>, and Vedette finds out how to read it. Databases
              that a stream names appear here by themselves.
            </Nothing>
          ) : (
            <Nothing title="No resource matches" />
          )
        }
      </Loaded>
      {query.hasNextPage && (
        <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Page>
  );
}
