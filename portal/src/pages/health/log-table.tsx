import { Link } from '@tanstack/react-router';
import type { ResourceHealth } from '../../api/schema.ts';
import { lengthText } from '../../components/charts/length-text.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { ShareBar } from './share-bar.tsx';

const NUMBER = new Intl.NumberFormat();
const RATE = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });

const COLUMNS: readonly Column<ResourceHealth>[] = [
  {
    title: 'Resource',
    cell: ({ resourceKey, name }) => (
      <Link to="/resources/$id" params={{ id: resourceKey }}>
        <LogText>{name}</LogText>
      </Link>
    ),
  },
  { title: 'Newest record', cell: ({ lastEventTime }) => timeOf(lastEventTime) },
  { title: 'Last arrival', cell: ({ lastArrivalTime }) => timeOf(lastArrivalTime) },
  { title: 'Lag', cell: ({ lagMs }) => (lagMs === undefined ? '—' : lagWords(lagMs)) },
  {
    title: 'Waiting',
    cell: ({ waitingBytes }) => (waitingBytes === 0 ? 'nothing' : `${NUMBER.format(waitingBytes)} bytes`),
  },
  { title: 'Rate', cell: ({ recordsPerSecond }) => `${RATE.format(recordsPerSecond)} a second` },
  { title: 'Records', cell: (health) => <ShareBar health={health} /> },
];

/** How the logs of every resource fare, a row each. Lag: from the event to its judgement, when records came last. */
export function LogTable({ items }: { items: readonly ResourceHealth[] }) {
  return (
    <ListTable
      label="Logs"
      columns={COLUMNS}
      rows={[...items].sort((a, b) => (a.name < b.name ? -1 : 1))}
      keyOf={({ resourceKey }) => resourceKey}
    />
  );
}

function timeOf(iso: string | undefined) {
  return iso === undefined ? 'none yet' : <TimeText iso={iso} isRelative />;
}

function lagWords(ms: number): string {
  return ms < 1000 ? 'under a second' : lengthText(ms);
}
