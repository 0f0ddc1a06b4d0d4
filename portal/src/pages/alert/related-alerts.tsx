import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { useAlertPages } from '../../api/alerts.ts';
import type { AlertSummary } from '../../api/schema.ts';
import { Panel } from '../../components/panel.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { TimeText } from '../../components/time-text.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', rowGap: '8px' },
  link: { color: tokens.colorBrandForegroundLink },
});

/** Alerts of the same intrusion, in the order in which they happened. */
export function RelatedAlerts({ alert }: { alert: AlertSummary }) {
  const styles = useStyles();
  const { data } = useAlertPages({ correlationKey: alert.correlationKey });
  const others = (data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(({ name }) => name !== alert.name)
    .reverse();
  if (others.length === 0) {
    return null;
  }
  return (
    <Panel title="Of the same intrusion">
      <ol className={styles.list}>
        {others.map(({ name, severity, displayName, startTime }) => (
          <li key={name}>
            <SeverityMark severity={severity} />{' '}
            <Link to="/alerts/$name" params={{ name }} className={styles.link}>
              {displayName}
            </Link>
            <br />
            <Text size={200}>
              <TimeText iso={startTime} />
            </Text>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
