import { Text } from '@fluentui/react-components';
import type { UsualFact } from '../../api/baseline.ts';
import type { Resource } from '../../api/schema.ts';
import { HourStrip } from '../../components/charts/hour-strip.tsx';
import type { Column } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Panel } from '../../components/panel.tsx';
import { amountText } from './amount-text.ts';
import { useDecisionColumn } from './decide-usual.tsx';
import { UsualList } from './usual-list.tsx';

const KINDS: Readonly<Record<UsualFact['kind'], string>> = {
  place: 'Place or network',
  region: 'Data centre',
  application: 'Application',
  principal: 'Is there',
  caller: 'Handles keys',
  hours: 'Hours',
  volume: 'Volume',
};
const VALUES: readonly Column<UsualFact>[] = [
  { title: 'Kind', isShort: true, cell: ({ kind }) => KINDS[kind] },
  { title: 'Usual', cell: (fact) => (isItself(fact) ? '—' : <LogText>{valueText(fact)}</LogText>) },
];
const HOURS: readonly Column<UsualFact>[] = [
  { title: 'On', isShort: true, cell: ({ value }) => value },
  { title: 'At work (UTC)', cell: ({ hours = [] }) => <HourStrip hours={hours} /> },
];
const VOLUMES: readonly Column<UsualFact>[] = [
  { title: 'Counted in', isShort: true, cell: ({ value }) => value },
  { title: 'Usual', cell: ({ value, median = 0 }) => amountText(value, median) },
  { title: 'Most in 60 days', cell: ({ value, largest = 0 }) => amountText(value, largest) },
];

/** What is usual of each kind, under a heading of its own. */
export function UsualFacts({ facts, resource }: { facts: readonly UsualFact[]; resource: Resource }) {
  const decisions = useDecisionColumn(resource, valueText);
  const hours = facts.filter(({ kind }) => kind === 'hours');
  const volumes = facts.filter(({ kind }) => kind === 'volume');
  const values = facts.filter(({ kind }) => kind !== 'hours' && kind !== 'volume');
  return (
    <>
      <Panel title="From where, with what">
        <UsualList label="What is usual" facts={values} about={VALUES} counted="Times" decisions={decisions} />
      </Panel>
      <Panel title="At which hours">
        <Text>
          An hour is usual when it, or one beside it, was seen a week ago or earlier. Weekends of which nothing is known
          are judged as working days.
        </Text>
        <UsualList label="Usual hours" facts={hours} about={HOURS} counted="Active hours" decisions={decisions} />
      </Panel>
      <Panel title="How much">
        <UsualList label="Usual volumes" facts={volumes} about={VOLUMES} counted="Seen" decisions={decisions} />
      </Panel>
    </>
  );
}

/** That a principal is there needs no value. */
function isItself({ kind }: UsualFact): boolean {
  return kind === 'principal' || kind === 'caller';
}

function valueText(fact: UsualFact): string {
  const { kind, value } = fact;
  if (isItself(fact)) {
    return 'the principal itself';
  }
  if (kind === 'hours') {
    return `the hours on ${value}`;
  }
  return value === '' ? 'No name given' : value;
}
