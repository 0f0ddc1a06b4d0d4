import { makeStyles, SearchBox, Text } from '@fluentui/react-components';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { type Baseline, useBaseline } from '../../api/baseline.ts';
import { useResource } from '../../api/resources.ts';
import type { Resource } from '../../api/schema.ts';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { LearningProgress } from './learning-progress.tsx';
import { UsualFacts } from './usual-facts.tsx';

const useStyles = makeStyles({ search: { maxWidth: '420px' } });

/** What a resource knows to be usual, which people may forget or keep for ever. */
export function NormalTab() {
  const { id } = useParams({ from: '/shell/resources/$id' });
  return <Loaded query={useResource(id)}>{(resource) => <Normal resource={resource} />}</Loaded>;
}

function Normal({ resource }: { resource: Resource }) {
  return (
    <>
      <Text>What is usual here is learned from the log, per principal, and forgotten after 60 days without a use.</Text>
      <Loaded query={useBaseline(resource.id)}>
        {(baseline) => <Usual baseline={baseline} resource={resource} />}
      </Loaded>
    </>
  );
}

function Usual({ baseline: { items, detectors }, resource }: { baseline: Baseline; resource: Resource }) {
  const styles = useStyles();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const fitting = items.filter(({ principal, value }) => `${principal} ${value}`.toLowerCase().includes(wanted));
  return (
    <>
      <Panel title="Learning, detector by detector">
        <LearningProgress detectors={detectors} items={items} />
      </Panel>
      <SearchBox
        className={styles.search}
        placeholder="Part of a principal, place or application"
        aria-label="Search what is usual"
        value={text}
        onChange={(_, { value }) => setText(value)}
      />
      {items.length === 0 ? (
        <Nothing title="Nothing is known yet">It is learned as soon as the log tells of logins.</Nothing>
      ) : (
        <UsualFacts facts={fitting} resource={resource} />
      )}
    </>
  );
}
