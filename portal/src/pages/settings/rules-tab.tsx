import { Badge } from '@fluentui/react-components';
import { useExpectedRules, useRemoveExpected, useRemoveSuppression, useSuppressions } from '../../api/rules.ts';
import type { ExpectedRule, Suppression } from '../../api/schema.ts';
import { useMay } from '../../api/session.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded, Nothing } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { EditExpected, EditSuppression } from './edit-rule.tsx';
import { matterOfExpected, matterOfSuppression } from './rule-matter.ts';
import { TabBody } from './tab-body.tsx';

/** What people said to be expected, and what they keep quiet. New ones are made on the page of an alert. */
export function RulesTab() {
  const expected = useExpectedRules();
  const suppressions = useSuppressions();
  return (
    <TabBody lead="Rules that keep alerts from people. Each has an end; new ones are made on the page of an alert, where it is shown what they would have hidden.">
      <Panel title="Expected: raises no alert, and becomes usual">
        <Loaded query={expected}>{({ items }) => <ExpectedList rules={items} />}</Loaded>
      </Panel>
      <Panel title="Suppressed: found and kept, but nobody is told">
        <Loaded query={suppressions}>{({ items }) => <SuppressionList rules={items} />}</Loaded>
      </Panel>
    </TabBody>
  );
}

function ExpectedList({ rules }: { rules: readonly ExpectedRule[] }) {
  const columns: Column<ExpectedRule>[] = [
    { title: 'What', cell: (rule) => <LogText>{matterOfExpected(rule)}</LogText> },
    { title: 'Why', cell: ({ reason }) => <LogText>{reason}</LogText> },
    { title: 'Where', cell: ({ scope }) => <LogText>{scope === '/' ? 'Everywhere' : lastOf(scope)}</LogText> },
    { title: 'Owner', cell: ({ owner }) => <LogText>{owner}</LogText> },
    { title: 'Until', cell: ({ until, isOver }) => <Until iso={until} isOver={isOver} /> },
    { title: '', cell: (rule) => <DecideExpected rule={rule} /> },
  ];
  return rules.length === 0 ? (
    <Nothing title="Nothing is expected">“This was expected” on the page of an alert makes such a rule.</Nothing>
  ) : (
    <ListTable label="Expected" columns={columns} rows={rules} keyOf={({ id }) => id} />
  );
}

function DecideExpected({ rule }: { rule: ExpectedRule }) {
  const remove = useRemoveExpected();
  return useMay('Security Admin', rule.scope) ? (
    <>
      <EditExpected rule={rule} />
      <RemoveButton
        label={`Remove the rule “${rule.reason}”`}
        consequence="Such alerts are raised again. What became usual meanwhile stays usual."
        subject={rule}
        remove={remove}
      />
    </>
  ) : null;
}

function SuppressionList({ rules }: { rules: readonly Suppression[] }) {
  const columns: Column<Suppression>[] = [
    { title: 'What', cell: (rule) => <LogText>{matterOfSuppression(rule)}</LogText> },
    { title: 'Why', cell: ({ reason }) => <LogText>{reason}</LogText> },
    { title: 'Subscription', cell: ({ subscriptionId }) => <LogText>{subscriptionId}</LogText> },
    {
      title: 'State',
      cell: ({ state, isBroad }) => (
        <>
          <Badge appearance="tint" color={state === 'Enabled' ? 'success' : 'informative'}>
            {state}
          </Badge>{' '}
          {isBroad && (
            <Badge appearance="tint" color="warning">
              Broad: hides attacks too
            </Badge>
          )}
        </>
      ),
    },
    {
      title: 'Until',
      cell: ({ until, state }) =>
        until === undefined ? 'For ever' : <Until iso={until} isOver={state === 'Expired'} />,
    },
    { title: '', cell: (rule) => <DecideSuppression rule={rule} /> },
  ];
  return rules.length === 0 ? (
    <Nothing title="Nothing is suppressed">“Suppress…” on the page of an alert makes such a rule.</Nothing>
  ) : (
    <ListTable label="Suppressed" columns={columns} rows={rules} keyOf={({ id }) => id} />
  );
}

function DecideSuppression({ rule }: { rule: Suppression }) {
  const remove = useRemoveSuppression();
  return useMay('Security Admin', `/subscriptions/${rule.subscriptionId}`) ? (
    <>
      <EditSuppression rule={rule} />
      <RemoveButton
        label={`Remove the rule “${rule.reason}”`}
        consequence="People are told of such alerts again. What it dismissed stays dismissed."
        subject={rule}
        remove={remove}
      />
    </>
  ) : null;
}

function Until({ iso, isOver }: { iso: string; isOver: boolean }) {
  return (
    <>
      <TimeText iso={iso} /> {isOver && <Badge appearance="tint">Over</Badge>}
    </>
  );
}

function lastOf(scope: string): string {
  return scope.split('/').at(-1) ?? scope;
}
