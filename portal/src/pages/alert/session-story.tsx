import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { type Activity, useActivities } from '../../api/activities.ts';
import type { AlertDetail } from '../../api/schema.ts';
import { lengthText } from '../../components/charts/length-text.ts';
import { LogText } from '../../components/log-text.tsx';
import { Panel } from '../../components/panel.tsx';
import { valueWords } from '../investigate/field-words.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: { display: 'grid', gridTemplateColumns: '90px minmax(0, 1fr)' },
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
  link: { color: tokens.colorBrandForegroundLink },
});

/** So much of a session tells what it was about. */
const SHOWN = 14;
const LOOKED_AT = 500;
/** The first of these moments is told as such; milliseconds. */
const LEAST_MS = 50;

/** The course of the session that the alert speaks of, its own records marked; nothing where none is kept. */
export function SessionStory({ alert }: { alert: AlertDetail }) {
  const styles = useStyles();
  const { data } = useActivities({ alert: alert.name }, LOOKED_AT, !alert.isIncident);
  const session = sessionOf(data?.items ?? []);
  if (session.length < 2) {
    return null;
  }
  const shown = session.slice(0, SHOWN);
  const start = Date.parse(shown[0]?.time ?? '');
  return (
    <Panel title="The session, step by step">
      <ol className={styles.list}>
        {shown.map((activity) => (
          <li key={activity.uid} className={styles.row}>
            <Text size={200} className={styles.time}>
              {afterStart(Date.parse(activity.time) - start)}
            </Text>
            <What activity={activity} />
          </li>
        ))}
      </ol>
      <Text size={200}>
        {session.length > SHOWN && `${session.length - SHOWN} more steps. `}
        <Link to="/investigate" search={{ alert: alert.name }} className={styles.link}>
          Everything an hour around the alert
        </Link>
      </Text>
    </Panel>
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

/** Of the session with most of the alert's records, oldest first. */
function sessionOf(activities: readonly Activity[]): Activity[] {
  const counts = new Map<string, number>();
  for (const { session, isEvidence } of activities) {
    if (session !== undefined && isEvidence === true) {
      counts.set(session, (counts.get(session) ?? 0) + 1);
    }
  }
  const [chosen] = [...counts].sort(([, a], [, b]) => b - a);
  return activities.filter(({ session }) => session !== undefined && session === chosen?.[0]).reverse();
}

function afterStart(ms: number): string {
  return ms < LEAST_MS ? 'start' : `+${lengthText(ms)}`;
}
