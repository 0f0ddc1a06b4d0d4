import { Button } from '@fluentui/react-components';
import { type UsualFact, useChangeBaseline } from '../../api/baseline.ts';
import type { Resource } from '../../api/schema.ts';
import { useMay } from '../../api/session.ts';
import type { Column } from '../../components/list-table.tsx';
import { ErrorBar } from '../../components/message.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';

const CONSEQUENCES: Partial<Record<UsualFact['kind'], string>> = {
  hours: 'Work at these hours is unusual until it was seen there a week ago.',
  volume: 'From the next reading on it is unusual again, where it is much.',
};
const CONSEQUENCE = 'When it comes again it is unusual, and reported.';

/** What who may do so decides about something usual; no column for others. */
export function useDecisionColumn(resource: Resource, textOf: (fact: UsualFact) => string): Column<UsualFact>[] {
  return useMay('Security Admin', resource.id)
    ? [{ title: '', cell: (fact) => <Decide fact={fact} text={textOf(fact)} resource={resource} /> }]
    : [];
}

/** Forgets it, or keeps it for ever. */
function Decide({ fact, text, resource }: { fact: UsualFact; text: string; resource: Resource }) {
  const change = useChangeBaseline(resource.id);
  const { kind, principal, value, isPinned } = fact;
  const matter = { kind, principal, value };
  const what = `${text} of ${principal}`;
  return (
    <>
      <Button
        size="small"
        appearance="subtle"
        aria-label={isPinned ? `No longer keep ${what} for ever` : `Keep ${what} for ever`}
        disabledFocusable={change.isPending}
        onClick={() => change.mutate({ ...matter, change: isPinned ? 'unpin' : 'pin' })}
      >
        {isPinned ? 'Unpin' : 'Pin'}
      </Button>
      <RemoveButton
        label={`Forget ${what}`}
        verb="Forget"
        consequence={`${CONSEQUENCES[kind] ?? CONSEQUENCE} It is noted in the audit log who decided so.`}
        subject={{ ...matter, change: 'forget' as const }}
        remove={change}
      />
      {change.error !== null && <ErrorBar error={change.error} />}
    </>
  );
}
