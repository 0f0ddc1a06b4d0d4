import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { visibleText } from '../../components/visible-text.ts';
import { type ActivitySearch, conditionsOf, without } from './activity-search.ts';
import { FIELD_WORDS, valueWords } from './field-words.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', gap: '6px', margin: 0, padding: 0, listStyleType: 'none' },
  text: { overflowWrap: 'anywhere', textAlign: 'left' },
  not: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
});

interface Props {
  search: ActivitySearch;
  onChange: (search: ActivitySearch) => void;
}

/** By what the list is narrowed; each goes away with a click. */
export function Conditions({ search, onChange }: Props) {
  const styles = useStyles();
  const conditions = conditionsOf(search);
  const { resource, alert } = search;
  if (conditions.length === 0 && resource === undefined && alert === undefined) {
    return null;
  }
  return (
    <ul className={styles.root} aria-label="Narrowed by">
      {alert !== undefined && (
        <Chip words="Around the alert: its records, people and addresses" onRemove={() => onChange(leftOut('alert'))} />
      )}
      {resource !== undefined && (
        <Chip
          words={`Resource ${resource.slice(resource.lastIndexOf('/') + 1)}`}
          onRemove={() => onChange(leftOut('resource'))}
        />
      )}
      {conditions.map(({ key, field, isNot, value }) => (
        <Chip
          key={`${key} ${value}`}
          isNot={isNot}
          words={`${FIELD_WORDS[field]} ${valueWords(field, value)}`}
          onRemove={() => onChange(without(search, key, value))}
        />
      ))}
    </ul>
  );

  function leftOut(key: 'alert' | 'resource'): ActivitySearch {
    const { [key]: _, ...rest } = search;
    return rest;
  }
}

function Chip({ words, isNot = false, onRemove }: { words: string; isNot?: boolean; onRemove: () => void }) {
  const styles = useStyles();
  const shown = visibleText(words);
  return (
    <li>
      <Button
        size="small"
        iconPosition="after"
        icon={<DismissRegular />}
        aria-label={`Remove ${isNot ? 'not ' : ''}${shown}`}
        onClick={onRemove}
      >
        <span className={styles.text}>
          {isNot && <span className={styles.not}>not </span>}
          <bdi>{shown}</bdi>
        </span>
      </Button>
    </li>
  );
}
