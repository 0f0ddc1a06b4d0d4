import { Button, makeStyles, Text, Tooltip, tokens } from '@fluentui/react-components';
import { SubtractCircleRegular } from '@fluentui/react-icons';
import type { ActivityFacet, ActivityField } from '../../api/activities.ts';
import { LogText } from '../../components/log-text.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { FIELD_WORDS, valueWords } from './field-words.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: '4px' },
  summary: { cursor: 'pointer', padding: '4px 0', fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: { display: 'flex', alignItems: 'center', position: 'relative' },
  value: {
    flexGrow: 1,
    minWidth: 0,
    justifyContent: 'space-between',
    columnGap: '8px',
    fontWeight: tokens.fontWeightRegular,
    textAlign: 'left',
  },
  count: { color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
  words: { minWidth: 0 },
});

/** Fields whose values stand open where there is room; the others open with a click. */
const OPEN: ReadonlySet<string> = new Set(['activity', 'outcome', 'principal', 'address', 'country']);
const ROOMY = window.matchMedia('(min-width: 1001px)');
const NUMBER = new Intl.NumberFormat();

interface Props {
  facets: readonly ActivityFacet[];
  onNarrow: (field: ActivityField, value: string, isNot: boolean) => void;
}

/** The most frequent values of the fields: one click shows only them, or leaves them out. */
export function Facets({ facets, onNarrow }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      {facets.map((facet) => (
        <FacetOf key={facet.field} facet={facet} onNarrow={onNarrow} />
      ))}
    </div>
  );
}

function FacetOf({ facet, onNarrow }: { facet: ActivityFacet } & Pick<Props, 'onNarrow'>) {
  const styles = useStyles();
  const field = facet.field as ActivityField;
  const isTelling = facet.values.some(({ value }) => value !== undefined);
  if (!isTelling) {
    return null;
  }
  return (
    <details open={OPEN.has(field) && ROOMY.matches}>
      <summary className={styles.summary}>{FIELD_WORDS[field]}</summary>
      <ul className={styles.list}>
        {facet.values.map(({ value = '', count }) => {
          const words = valueWords(field, value);
          return (
            <li key={value} className={styles.item}>
              <Button
                size="small"
                appearance="subtle"
                className={styles.value}
                aria-label={`Only ${FIELD_WORDS[field]} ${visibleText(words)}, ${count} activities`}
                onClick={() => onNarrow(field, value, false)}
              >
                <LogText className={styles.words}>{words}</LogText>
                <Text size={200} className={styles.count}>
                  {NUMBER.format(count)}
                </Text>
              </Button>
              <Tooltip content="Leave out" relationship="description">
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<SubtractCircleRegular />}
                  aria-label={`Not ${FIELD_WORDS[field]} ${visibleText(words)}`}
                  onClick={() => onNarrow(field, value, true)}
                />
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
