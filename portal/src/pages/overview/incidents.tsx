import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { useAlertPages } from '../../api/alerts.ts';
import { LogText } from '../../components/log-text.tsx';
import { Loaded } from '../../components/message.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { OPEN } from './open-alerts.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', rowGap: '10px' },
  link: { color: tokens.colorBrandForegroundLink, fontWeight: tokens.fontWeightSemibold },
});

const SHOWN = 4;

/** Alerts that belong to one intrusion, summed up; the newest that wait for somebody. */
export function Incidents() {
  const styles = useStyles();
  const query = useAlertPages({ isIncident: true, status: [...OPEN] });
  const incidents = query.data?.pages[0]?.items ?? [];
  return (
    <Loaded query={query}>
      {() =>
        incidents.length === 0 ? (
          <Text>None: no alerts belong to one intrusion.</Text>
        ) : (
          <>
            <ul className={styles.list}>
              {incidents.slice(0, SHOWN).map(({ name, severity, displayName, resourceName, startTime }) => (
                <li key={name}>
                  <SeverityMark severity={severity} />{' '}
                  <Link to="/alerts/$name" params={{ name }} className={styles.link}>
                    {displayName}
                  </Link>
                  <br />
                  <Text size={200}>
                    <LogText>{resourceName}</LogText> · <TimeText iso={startTime} isRelative />
                  </Text>
                </li>
              ))}
            </ul>
            {incidents.length > SHOWN && <Text size={200}>and {incidents.length - SHOWN} more among the alerts</Text>}
          </>
        )
      }
    </Loaded>
  );
}
