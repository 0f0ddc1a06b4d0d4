import { makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { JudgedAlert, Trial } from '../../api/tuning.ts';
import { LogText } from '../../components/log-text.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { textOf, wordsOf } from './setting-draft.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', rowGap: '8px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  link: { color: tokens.colorBrandForegroundLink },
  sentence: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** What settings would have raised, and what no longer. */
export function TrialResult({ trial, days }: { trial: Trial; days: number }) {
  const styles = useStyles();
  const { before, after, tried, gone, goneCount, added, addedCount, changed } = trial;
  const isSame = goneCount === 0 && addedCount === 0 && changed.length === 0;
  return (
    <output className={styles.root}>
      <Subtitle1>
        Over {days} days: {before} → {after} {after === 1 ? 'alert' : 'alerts'}
      </Subtitle1>
      <Text>With {triedText(tried)}; notes of the severity Informational are not counted.</Text>
      {isSame && <Text>Nothing disappears, appears or changes its severity.</Text>}
      <AlertList title="disappear" count={goneCount} alerts={gone} areStored />
      <AlertList title="appear" count={addedCount} alerts={added} areStored={false} />
      <AlertList
        title="change their severity"
        count={changed.length}
        alerts={changed.map(({ alert }) => alert)}
        before={new Map(changed.map(({ alert, from }) => [alert.name, from]))}
        areStored
      />
    </output>
  );
}

/** `sensitivity low, failure count 20`, of settings by detector. */
function triedText(tried: unknown): string {
  const settings = Object.values(tried as Record<string, Record<string, unknown>>).flatMap((of) => Object.entries(of));
  return settings.map(([name, value]) => `${wordsOf(name).toLowerCase()} ${textOf(value)}`).join(', ');
}

interface ListProps {
  title: string;
  count: number;
  alerts: readonly JudgedAlert[];
  /** Severity before, by name. */
  before?: ReadonlyMap<string, string>;
  /** Whether there are pages of them: those that only would appear have none. */
  areStored: boolean;
}

function AlertList({ title, count, alerts, before, areStored }: ListProps) {
  const styles = useStyles();
  if (count === 0) {
    return null;
  }
  return (
    <section>
      <h3 className={styles.title}>
        {count} {title}
        {count > alerts.length && `, of which these ${alerts.length} are shown`}
      </h3>
      <ul className={styles.list}>
        {alerts.map(({ name, severity, displayName, startTime, description }) => (
          <li key={name}>
            <SeverityMark severity={severity} />{' '}
            {areStored ? (
              <Link to="/alerts/$name" params={{ name }} className={styles.link}>
                {displayName}
              </Link>
            ) : (
              <Text weight="semibold">{displayName}</Text>
            )}
            , {before?.has(name) && `${before.get(name)} → ${severity}, `}
            <TimeText iso={startTime} />
            <div className={styles.sentence}>
              <LogText>{description}</LogText>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
