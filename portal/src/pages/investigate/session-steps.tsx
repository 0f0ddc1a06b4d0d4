import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { Activity } from '../../api/activities.ts';
import { lengthText } from '../../components/charts/length-text.ts';
import { LogText } from '../../components/log-text.tsx';
import { valueWords } from './field-words.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: { display: 'grid', gridTemplateColumns: '104px minmax(0, 1fr)' },
  time: {
    textAlign: 'right',
    paddingRight: '14px',
    color: tokens.colorNeutralForeground3,
    fontVariantNumeric: 'tabular-nums',
  },
  step: {
    position: 'relative',
    padding: '0 0 8px 16px',
    borderLeft: `2px solid ${tokens.colorNeutralStroke1}`,
    overflowWrap: 'anywhere',
    '::before': {
      content: '""',
      position: 'absolute',
      left: '-6px',
      top: '5px',
      width: '10px',
      height: '10px',
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorNeutralForeground3,
    },
  },
  evidence: { '::before': { backgroundColor: tokens.colorPaletteRedForeground1 } },
  failed: { color: tokens.colorPaletteRedForeground1 },
  code: {
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
});

/** What is nearer to the first step than this is of the same moment; milliseconds. */
const LEAST_MS = 50;

/** A session as a thread: how long after its start, and what; records of an alert in red. @param steps oldest first */
export function SessionSteps({ steps }: { steps: readonly Activity[] }) {
  const styles = useStyles();
  const start = Date.parse(steps[0]?.time ?? '');
  return (
    <ol className={styles.list}>
      {steps.map((activity) => (
        <li key={activity.uid} className={styles.row}>
          <Text size={200} className={styles.time}>
            {afterStart(Date.parse(activity.time) - start)}
          </Text>
          <What activity={activity} />
        </li>
      ))}
    </ol>
  );
}

function What({ activity }: { activity: Activity }) {
  const styles = useStyles();
  const { outcome, code, statement, operation, container, isEvidence } = activity;
  const words = operation === undefined ? valueWords('activity', activity.activity) : `${operation} ${container ?? ''}`;
  return (
    <span className={mergeClasses(styles.step, isEvidence === true && styles.evidence)}>
      <span className={mergeClasses(outcome === 'Failure' && styles.failed)}>
        <LogText>{words}</LogText>
        {outcome === 'Failure' && ` failed${code === undefined ? '' : ` (${code})`}`}
      </span>
      {isEvidence === true && <Text size={200}> · told in the log records below</Text>}
      {statement !== undefined && (
        <code className={styles.code}>
          <LogText>{statement}</LogText>
        </code>
      )}
    </span>
  );
}

function afterStart(ms: number): string {
  return ms < LEAST_MS ? 'start' : `+${lengthText(ms)}`;
}
