import { Button, Text } from '@fluentui/react-components';
import type { Trial } from '../../api/tuning.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { textOf, wordsOf } from './setting-draft.ts';

interface Props {
  trials: readonly Trial[];
  onUse: (setting: string, value: unknown) => void;
}

/** Every setting tried alone: what each would have made of the history, the strongest first. */
export function TrialList({ trials, onUse }: Props) {
  const effective = trials.filter(({ goneCount, addedCount, changed }) => goneCount + addedCount + changed.length > 0);
  const columns: Column<Trial>[] = [
    { title: 'Setting', cell: ({ setting = '' }) => wordsOf(setting) },
    { title: 'Value', cell: ({ now, tried }) => `${textOf(now)} → ${textOf(tried)}` },
    { title: 'Alerts', cell: ({ before, after }) => `${before} → ${after}` },
    { title: 'Disappear', cell: ({ goneCount }) => goneCount },
    { title: 'Appear', cell: ({ addedCount }) => addedCount },
    {
      title: '',
      cell: ({ setting = '', tried }) => (
        <Button
          size="small"
          aria-label={`Use ${wordsOf(setting)} ${textOf(tried)}`}
          onClick={() => onUse(setting, tried)}
        >
          Use
        </Button>
      ),
    },
  ];
  return (
    <output>
      {effective.length > 0 ? (
        <ListTable
          label="Settings tried"
          columns={columns}
          rows={effective}
          keyOf={({ setting, tried }) => `${setting} ${textOf(tried)}`}
        />
      ) : (
        <Text>None of {trials.length} other values would have changed anything on this history.</Text>
      )}
    </output>
  );
}
