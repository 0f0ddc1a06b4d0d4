import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { AlertSummary } from '../../api/schema.ts';
import { LogText } from '../../components/log-text.tsx';
import { SeverityLabel } from '../../components/severity.tsx';
import { STATUS_WORDS } from '../../components/status.tsx';
import { TimeText } from '../../components/time-text.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    padding: '10px 0',
    display: 'flex',
    flexDirection: 'column',
    rowGap: '2px',
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  head: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', columnGap: '16px' },
  link: { color: tokens.colorBrandForegroundLink, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  sentence: {
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    color: tokens.colorNeutralForeground2,
  },
  where: { color: tokens.colorNeutralForeground3 },
});

/** Alerts as a list that also fits a narrow column: what, the sentence, where and when. */
export function NewestAlerts({ alerts }: { alerts: readonly AlertSummary[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {alerts.map(({ name, displayName, severity, description, resourceName, startTime, status }) => (
        <li key={name} className={styles.item}>
          <div className={styles.head}>
            <Link to="/alerts/$name" params={{ name }} className={styles.link}>
              <LogText>{displayName}</LogText>
            </Link>
            <SeverityLabel severity={severity} />
          </div>
          <Text size={200} className={styles.sentence}>
            <LogText>{description}</LogText>
          </Text>
          <Text size={200} className={styles.where}>
            <LogText>{resourceName}</LogText> · <TimeText iso={startTime} isRelative />
            {status !== 'Active' && ` · ${STATUS_WORDS[status]}`}
          </Text>
        </li>
      ))}
    </ul>
  );
}
