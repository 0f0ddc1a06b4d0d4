import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { Activity, ActivityField } from '../../api/activities.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { LogText } from '../../components/log-text.tsx';
import { visibleText } from '../../components/visible-text.ts';
import type { ActivityActions } from './activity-table.tsx';
import { FIELD_WORDS, valueWords } from './field-words.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: '10px', padding: '8px 4px 12px' },
  facts: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr) max-content',
    columnGap: '16px',
    rowGap: '2px',
    alignItems: 'center',
    '@media (max-width: 700px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  term: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  narrow: { margin: 0, display: 'flex', columnGap: '4px' },
  commands: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  code: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    padding: '8px 12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    whiteSpace: 'pre-wrap',
  },
});

/** What can be narrowed by, in this order. */
const TOLD = [
  'activity',
  'outcome',
  'code',
  'reason',
  'principal',
  'address',
  'country',
  'place',
  'network',
  'cloud',
  'application',
  'database',
  'container',
  'operation',
  'fingerprint',
  'session',
  'log',
] as const satisfies readonly (ActivityField & keyof Activity)[];

/** All that is known of one activity, with a way from each of its values to others like it. */
export function ActivityDetails({ activity, actions }: { activity: Activity; actions: ActivityActions }) {
  const styles = useStyles();
  const { statement, reads = [], writes = [], session, principal, bytes, offset, resource } = activity;
  return (
    <div className={styles.root}>
      {statement !== undefined && (
        <div className={styles.code}>
          <code>
            <LogText>{statement}</LogText>
          </code>
          <CopyButton text={statement} what="the statement" />
        </div>
      )}
      <dl className={styles.facts}>
        {TOLD.map((field) => {
          const value = activity[field];
          return value === undefined ? null : (
            <FactOf key={field} field={field} value={value} onNarrow={actions.onNarrow} />
          );
        })}
        {[...reads, ...writes].map((table) => (
          <FactOf key={table} field="table" value={table} onNarrow={actions.onNarrow} />
        ))}
        {bytes !== undefined && <Plain term="Bytes sent" value={bytes.toLocaleString()} />}
        {offset !== undefined && <Plain term="Byte of the record in the log" value={offset.toLocaleString()} />}
        <Plain term="Resource" value={resource} />
      </dl>
      <div className={styles.commands}>
        {session !== undefined && (
          <Button size="small" onClick={() => actions.onSession(activity)}>
            Show the whole session
          </Button>
        )}
        {principal !== undefined && (
          <Button size="small" onClick={() => actions.onDay(activity)}>
            Show its day beside usual days
          </Button>
        )}
      </div>
    </div>
  );
}

interface FactProps extends Pick<ActivityActions, 'onNarrow'> {
  field: ActivityField;
  value: string;
}

function FactOf({ field, value, onNarrow }: FactProps) {
  const styles = useStyles();
  const words = valueWords(field, value);
  const name = `${FIELD_WORDS[field]} ${visibleText(words)}`;
  return (
    <>
      <dt className={styles.term}>{FIELD_WORDS[field]}</dt>
      <dd className={styles.value}>
        <LogText>{words}</LogText>
      </dd>
      <dd className={styles.narrow}>
        <Button
          size="small"
          appearance="subtle"
          aria-label={`Only ${name}`}
          onClick={() => onNarrow(field, value, false)}
        >
          Only this
        </Button>
        <Button
          size="small"
          appearance="subtle"
          aria-label={`Not ${name}`}
          onClick={() => onNarrow(field, value, true)}
        >
          Not this
        </Button>
      </dd>
    </>
  );
}

function Plain({ term, value }: { term: string; value: string }) {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.value}>
        <LogText>{value}</LogText>
      </dd>
      <dd className={styles.narrow} />
    </>
  );
}
