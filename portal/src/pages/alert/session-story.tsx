import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { type Activity, useActivities } from '../../api/activities.ts';
import type { AlertDetail } from '../../api/schema.ts';
import { Panel } from '../../components/panel.tsx';
import { SessionSteps } from '../investigate/session-steps.tsx';

const useStyles = makeStyles({ link: { color: tokens.colorBrandForegroundLink } });

/** So much of a session tells what it was about. */
const SHOWN = 14;
const LOOKED_AT = 500;

/** The course of the session that the alert speaks of, its own records marked; nothing where none is kept. */
export function SessionStory({ alert }: { alert: AlertDetail }) {
  const styles = useStyles();
  const { data } = useActivities({ alert: alert.name }, LOOKED_AT, !alert.isIncident);
  const session = sessionOf(data?.items ?? []);
  if (session.length < 2) {
    return null;
  }
  return (
    <Panel title="The session, step by step">
      <SessionSteps steps={session.slice(0, SHOWN)} />
      <Text size={200}>
        {session.length > SHOWN && `${session.length - SHOWN} more steps. `}
        <Link to="/investigate" search={{ alert: alert.name }} className={styles.link}>
          Everything an hour around the alert
        </Link>
      </Text>
    </Panel>
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
