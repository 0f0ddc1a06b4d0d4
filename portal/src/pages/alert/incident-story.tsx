import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { Evidence, Severity } from '../../api/schema.ts';
import { LogText } from '../../components/log-text.tsx';
import { SeverityMark } from '../../components/severity.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  step: {
    position: 'relative',
    paddingLeft: '24px',
    paddingBottom: '16px',
    ':not(:last-child)': { boxShadow: `inset 2px 0 ${tokens.colorNeutralStroke1}` },
  },
  mark: {
    position: 'absolute',
    left: '-6px',
    top: '2px',
    padding: '1px',
    backgroundColor: tokens.colorNeutralBackground1,
    display: 'flex',
  },
  link: { color: tokens.colorBrandForegroundLink, fontWeight: tokens.fontWeightSemibold },
  stage: { color: tokens.colorNeutralForeground3 },
});

const NAME = 'Name of the alert';

/** One alert of an incident. */
interface Stage {
  time: string;
  stage: string;
  severity: Severity;
  title: string;
  name: string;
}

/** What an incident is made of; undefined where the evidence is of another kind. */
export function stagesOf({ columns = [], rows = [] }: Evidence): Stage[] | undefined {
  if (!columns.includes(NAME)) {
    return undefined;
  }
  return rows.map(([time = '', stage = '', severity = '', title = '', name = '']) => ({
    time,
    stage,
    severity: severity as Severity,
    title,
    name,
  }));
}

/** The alerts of one intrusion, in the order in which they happened. */
export function IncidentStory({ stages }: { stages: readonly Stage[] }) {
  const styles = useStyles();
  return (
    <ol className={styles.list}>
      {stages.map(({ time, stage, severity, title, name }) => (
        <li key={name} className={styles.step}>
          <span className={styles.mark}>
            <SeverityMark severity={severity} />
          </span>
          <Text size={200} className={styles.stage}>
            <LogText>{`${time} UTC · ${stage}`}</LogText>
          </Text>
          <br />
          <Link to="/alerts/$name" params={{ name }} className={styles.link}>
            <LogText>{title}</LogText>
          </Link>
        </li>
      ))}
    </ol>
  );
}
