import { Badge, Button, Text } from '@fluentui/react-components';
import { useState } from 'react';
import type { UsualFact } from '../../api/baseline.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { TimeText } from '../../components/time-text.tsx';

/** Shown at first: what was there last. */
const SHOWN = 50;

interface Props {
  label: string;
  facts: readonly UsualFact[];
  /** What is told of each beside its principal, and first, last and count. */
  about: readonly Column<UsualFact>[];
  /** What the count is of. */
  counted: string;
  decisions: readonly Column<UsualFact>[];
}

/** What is usual, with first, last and count; who may forgets it, or keeps it for ever. */
export function UsualList({ label, facts, about, counted, decisions }: Props) {
  const [shown, setShown] = useState(SHOWN);
  const columns: readonly Column<UsualFact>[] = [
    { title: 'Principal', cell: ({ principal }) => <LogText>{principal}</LogText> },
    ...about,
    { title: 'First', isShort: true, cell: ({ firstTime }) => <TimeText iso={firstTime} /> },
    { title: 'Last', isShort: true, cell: ({ lastTime }) => <TimeText iso={lastTime} /> },
    { title: counted, cell: ({ uses }) => uses.toLocaleString() },
    { title: 'Kept', cell: ({ isPinned }) => isPinned && <Badge appearance="tint">For ever</Badge> },
    ...decisions,
  ];
  return (
    <>
      <ListTable label={label} columns={columns} rows={facts.slice(0, shown)} keyOf={keyOf} />
      {facts.length > shown && (
        <div>
          <Button onClick={() => setShown(shown + 2 * SHOWN)}>Show more of {facts.length}</Button>
        </div>
      )}
      {facts.length === 0 && <Text>Nothing that matches.</Text>}
    </>
  );
}

function keyOf({ detector, kind, principal, value }: UsualFact): string {
  return JSON.stringify([detector, kind, principal, value]);
}
