import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ResourceHealth } from '../../api/schema.ts';
import { LogText } from '../../components/log-text.tsx';
import { Panel } from '../../components/panel.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { Lacks } from './log-sources.tsx';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: '8px', minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', rowGap: '12px' },
  example: {
    display: 'block',
    marginTop: '4px',
    padding: '6px 12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
  },
});

const NUMBER = new Intl.NumberFormat();

export function isFaulty({ rejected, gaps, sources }: ResourceHealth): boolean {
  return (
    rejected.length + gaps.length > 0 || sources.some(({ lacks, problem }) => lacks.length > 0 || problem !== undefined)
  );
}

/** What of the logs of one resource was not understood, and what was lost. */
export function LogFaults({ health }: { health: ResourceHealth }) {
  const styles = useStyles();
  const { name, rejected, gaps, sources } = health;
  return (
    <Panel title={`Logs of ${visibleText(name)}`}>
      {sources.some(({ lacks }) => lacks.length > 0) && (
        <div className={styles.part}>
          <h3 className={styles.title}>What the records do not tell</h3>
          <Lacks sources={sources} />
        </div>
      )}
      {rejected.length > 0 && <Rejected rejected={rejected} />}
      {gaps.length > 0 && <Gaps gaps={gaps} />}
    </Panel>
  );
}

function Rejected({ rejected }: Pick<ResourceHealth, 'rejected'>) {
  const styles = useStyles();
  return (
    <div className={styles.part}>
      <h3 className={styles.title}>Not understood</h3>
      <ul className={styles.list}>
        {rejected.map(({ reason, count, where, example }) => (
          <li key={reason}>
            <Text weight="semibold">{NUMBER.format(count)}</Text> × <LogText>{reason}</LogText>; the first at{' '}
            <LogText>{where}</LogText>
            <code className={styles.example}>
              <LogText>{example}</LogText>
            </code>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Gaps({ gaps }: Pick<ResourceHealth, 'gaps'>) {
  const styles = useStyles();
  return (
    <div className={styles.part}>
      <h3 className={styles.title}>Lost on the way</h3>
      <ul className={styles.list}>
        {gaps.map(({ what, bytes, records, noticedTime }) => (
          <li key={`${noticedTime} ${what}`}>
            <LogText>{what}</LogText>
            {bytes !== undefined && ` · ${NUMBER.format(bytes)} bytes`}
            {records !== undefined && ` · ${NUMBER.format(records)} records`} ·{' '}
            <TimeText iso={noticedTime} isRelative />
          </li>
        ))}
      </ul>
    </div>
  );
}
