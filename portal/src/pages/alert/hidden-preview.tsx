import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Hidden } from '../../api/rules.ts';
import { ErrorBar } from '../../components/message.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { TimeText } from '../../components/time-text.tsx';

const useStyles = makeStyles({
  root: {
    padding: '12px',
    minHeight: '44px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  list: { margin: '8px 0 0', paddingLeft: '20px', maxHeight: '140px', overflowY: 'auto' },
});

/** Of them only the first are named. */
const NAMED = 5;

/** How many alerts of the last 90 days a rule would have hidden, and some of them by name. */
export function HiddenPreview({ query }: { query: UseQueryResult<Hidden> }) {
  const styles = useStyles();
  const { data, error } = query;
  if (error !== null) {
    return <ErrorBar error={error} />;
  }
  return (
    <output className={styles.root} aria-busy={data === undefined}>
      {data === undefined ? (
        <Text>Counting what it would have hidden…</Text>
      ) : (
        <>
          <Text weight="semibold">{sentence(data)}</Text>
          {data.items.length > 0 && (
            <ul className={styles.list}>
              {data.items.slice(0, NAMED).map(({ name, severity, displayName, startTime }) => (
                <li key={name}>
                  <SeverityMark severity={severity} /> {displayName}, <TimeText iso={startTime} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </output>
  );
}

function sentence({ hidden, looked, days, isWhole }: Hidden): string {
  const of = isWhole ? `the ${looked} alerts` : `the newest ${looked} alerts`;
  return `It would have hidden ${hidden} of ${of} of the last ${days} days.`;
}
