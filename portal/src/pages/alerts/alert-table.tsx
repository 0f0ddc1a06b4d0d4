import { Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { AlertSummary } from '../../api/schema.ts';
import { LogText } from '../../components/log-text.tsx';
import { SeverityLabel } from '../../components/severity.tsx';
import { StatusBadge } from '../../components/status.tsx';
import { TimeText } from '../../components/time-text.tsx';

const useStyles = makeStyles({
  frame: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
  },
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  head: {
    textAlign: 'left',
    padding: '8px',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  row: {
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':not(:last-child) > td': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  cell: { padding: '8px', verticalAlign: 'top' },
  check: { width: '40px' },
  severity: { width: '120px', '@media (max-width: 800px)': { width: '32px', '& span': { fontSize: 0 } } },
  narrow: { width: '140px', '@media (max-width: 800px)': { display: 'none' } },
  link: {
    color: tokens.colorBrandForegroundLink,
    fontWeight: tokens.fontWeightSemibold,
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline' },
  },
  sentence: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  },
});

/** Which alerts are ticked, by name, and how to tick others. */
export interface Choice {
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

interface Props {
  alerts: readonly AlertSummary[];
  /** Absent: nothing can be ticked. */
  choice?: Choice;
}

export function AlertTable({ alerts, choice }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label="Security alerts">
        <thead>
          <tr>
            {choice !== undefined && (
              <td className={mergeClasses(styles.head, styles.check)}>
                <ChooseAll alerts={alerts} choice={choice} />
              </td>
            )}
            <th scope="col" className={mergeClasses(styles.head, styles.severity)}>
              <span>Severity</span>
            </th>
            <th scope="col" className={styles.head}>
              Alert
            </th>
            {['Resource', 'Started', 'Status'].map((title) => (
              <th key={title} scope="col" className={mergeClasses(styles.head, styles.narrow)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <Row key={alert.name} alert={alert} {...(choice !== undefined && { choice })} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChooseAll({ alerts, choice }: { alerts: readonly AlertSummary[]; choice: Choice }) {
  const { chosen, onChoose } = choice;
  const areAllChosen = alerts.every(({ name }) => chosen.has(name));
  return (
    <Checkbox
      aria-label="Choose all"
      checked={areAllChosen ? true : chosen.size > 0 ? 'mixed' : false}
      onChange={(_, { checked }) => onChoose(new Set(checked === true ? alerts.map(({ name }) => name) : []))}
    />
  );
}

function Row({ alert, choice }: { alert: AlertSummary; choice?: Choice }) {
  const styles = useStyles();
  const { name, displayName } = alert;
  return (
    <tr className={styles.row}>
      {choice !== undefined && (
        <td className={styles.cell}>
          <Checkbox
            aria-label={`Choose ${displayName}`}
            checked={choice.chosen.has(name)}
            onChange={(_, { checked }) => choice.onChoose(withName(choice.chosen, name, checked === true))}
          />
        </td>
      )}
      <td className={mergeClasses(styles.cell, styles.severity)}>
        <SeverityLabel severity={alert.severity} />
      </td>
      <td className={styles.cell}>
        <Link to="/alerts/$name" params={{ name }} className={styles.link}>
          {displayName}
        </Link>
        <div className={styles.sentence}>
          <LogText>{alert.description}</LogText>
        </div>
      </td>
      <td className={mergeClasses(styles.cell, styles.narrow)}>
        <LogText>{alert.resourceName}</LogText>
      </td>
      <td className={mergeClasses(styles.cell, styles.narrow)}>
        <TimeText iso={alert.startTime} isRelative />
      </td>
      <td className={mergeClasses(styles.cell, styles.narrow)}>
        <StatusBadge status={alert.status} />
      </td>
    </tr>
  );
}

function withName(chosen: ReadonlySet<string>, name: string, isChosen: boolean): ReadonlySet<string> {
  const next = new Set(chosen);
  next[isChosen ? 'add' : 'delete'](name);
  return next;
}
