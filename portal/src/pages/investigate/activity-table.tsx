import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { Fragment, useId, useState } from 'react';
import type { Activity, ActivityField } from '../../api/activities.ts';
import { LogText } from '../../components/log-text.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { ActivityDetails } from './activity-details.tsx';
import { countryName, valueWords } from './field-words.ts';

const useStyles = makeStyles({
  frame: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
  },
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed', fontSize: tokens.fontSizeBase200 },
  head: {
    textAlign: 'left',
    padding: '8px',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  cell: {
    padding: '6px 8px',
    verticalAlign: 'top',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
  },
  open: { width: '40px', padding: '2px 4px' },
  time: { width: '140px', '@media (max-width: 700px)': { width: '84px' } },
  who: { width: '14%', '@media (max-width: 700px)': { display: 'none' } },
  wide: { width: '14%', '@media (max-width: 1200px)': { display: 'none' } },
  small: { display: 'none', '@media (max-width: 700px)': { display: 'inline' } },
  evidence: {
    boxShadow: `inset 4px 0 ${tokens.colorPaletteRedBorderActive}`,
    backgroundColor: tokens.colorPaletteRedBackground1,
  },
  failed: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
  statement: {
    fontFamily: tokens.fontFamilyMonospace,
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  },
  mark: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
});

export interface ActivityActions {
  onNarrow: (field: ActivityField, value: string, isNot: boolean) => void;
  onSession: (activity: Activity) => void;
  onDay: (activity: Activity) => void;
}

/** Activities, the newest first; each opens to all that is known of it. */
export function ActivityTable({ activities, actions }: { activities: readonly Activity[]; actions: ActivityActions }) {
  const styles = useStyles();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = (uid: string) => {
    const next = new Set(opened);
    next[next.has(uid) ? 'delete' : 'add'](uid);
    setOpened(next);
  };
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label="Activities">
        <thead>
          <tr>
            <td className={mergeClasses(styles.head, styles.open)} />
            <th scope="col" className={mergeClasses(styles.head, styles.time)}>
              Time
            </th>
            <th scope="col" className={mergeClasses(styles.head, styles.who)}>
              Principal
            </th>
            <th scope="col" className={mergeClasses(styles.head, styles.wide)}>
              From
            </th>
            <th scope="col" className={mergeClasses(styles.head, styles.wide)}>
              Application
            </th>
            <th scope="col" className={styles.head}>
              What
            </th>
          </tr>
        </thead>
        <tbody>
          {activities.map((activity) => (
            <Row
              key={activity.uid}
              activity={activity}
              isOpen={opened.has(activity.uid)}
              onToggle={() => toggle(activity.uid)}
              actions={actions}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  activity: Activity;
  isOpen: boolean;
  onToggle: () => void;
  actions: ActivityActions;
}

function Row({ activity, isOpen, onToggle, actions }: RowProps) {
  const styles = useStyles();
  const id = useId();
  const { time, principal, address, country, application, isEvidence } = activity;
  const told = valueWords('activity', activity.activity);
  return (
    <Fragment>
      <tr className={isEvidence === true ? styles.evidence : ''}>
        <td className={mergeClasses(styles.cell, styles.open)}>
          <Button
            size="small"
            appearance="subtle"
            icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={`Details of ${told}`}
            onClick={onToggle}
          />
        </td>
        <td className={styles.cell}>
          <TimeText iso={time} isExact />
        </td>
        <td className={mergeClasses(styles.cell, styles.who)}>
          <LogText>{principal ?? '—'}</LogText>
        </td>
        <td className={mergeClasses(styles.cell, styles.wide)}>
          <LogText>{address ?? '—'}</LogText>
          {country !== undefined && <> · {countryName(country)}</>}
        </td>
        <td className={mergeClasses(styles.cell, styles.wide)}>
          <LogText>{application ?? '—'}</LogText>
        </td>
        <td className={styles.cell}>
          {principal !== undefined && (
            <span className={styles.small}>
              <LogText>{principal}</LogText>
              {' · '}
            </span>
          )}
          {isEvidence === true && <span className={styles.mark}>Evidence · </span>}
          <What activity={activity} />
        </td>
      </tr>
      {isOpen && (
        <tr id={id}>
          <td colSpan={6} className={styles.cell}>
            <ActivityDetails activity={activity} actions={actions} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function What({ activity }: { activity: Activity }) {
  const styles = useStyles();
  const { outcome, operation, container, statement, reason, code } = activity;
  const isFailed = outcome === 'Failure';
  const place = container === undefined ? '' : ` ${container}`;
  return (
    <>
      <span className={isFailed ? styles.failed : ''}>
        <LogText>
          {operation === undefined ? valueWords('activity', activity.activity) : `${operation}${place}`}
        </LogText>
        {isFailed && ` · failed${code === undefined ? '' : ` (${code})`}`}
        {reason !== undefined && ` · ${valueWords('reason', reason)}`}
      </span>
      {statement !== undefined && (
        <code className={styles.statement}>
          <LogText>{statement}</LogText>
        </code>
      )}
    </>
  );
}
