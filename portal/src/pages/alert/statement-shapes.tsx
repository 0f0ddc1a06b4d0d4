import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useActivities } from '../../api/activities.ts';
import type { AlertDetail } from '../../api/schema.ts';
import { LogText } from '../../components/log-text.tsx';
import { comparedTo } from './common-start.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: '8px', margin: 0 },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', rowGap: '6px' },
  code: {
    display: 'block',
    padding: '8px 12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
  },
  usual: { borderLeft: `4px solid ${tokens.colorPaletteGreenBorderActive}` },
  seen: { borderLeft: `4px solid ${tokens.colorPaletteRedBorderActive}` },
  common: { color: tokens.colorNeutralForeground2 },
  strange: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
});

/** Before the alert, in which usual statements are looked for; milliseconds. */
const BEFORE_MS = 7 * 86_400_000;
const LOOKED_AT = 200;
const AT_FIRST = 3;

/** Statements that were seen; where the archive has usual ones, each beside the one that is most like it. */
export function StatementShapes({ alert, statements }: { alert: AlertDetail; statements: readonly string[] }) {
  const styles = useStyles();
  const [areAllShown, setAllShown] = useState(statements.length <= AT_FIRST);
  const usual = useUsualStatements(alert);
  const compared = statements.slice(0, areAllShown ? statements.length : AT_FIRST).map((it) => comparedTo(usual, it));
  const likeThem = [...new Set(compared.flatMap((it) => it.usual ?? []))];
  return (
    <figure className={styles.root}>
      {likeThem.length > 0 && (
        <>
          <Text weight="semibold">The usual statement</Text>
          <ul className={styles.list}>
            {likeThem.map((text) => (
              <li key={text}>
                <code className={`${styles.code} ${styles.usual}`}>
                  <LogText>{text}</LogText>
                </code>
              </li>
            ))}
          </ul>
        </>
      )}
      <Text weight="semibold">{likeThem.length > 0 ? 'What was seen; red where it departs' : 'What was seen'}</Text>
      <ul className={styles.list}>
        {compared.map(({ statement, common }) => (
          <li key={statement}>
            <code className={`${styles.code} ${styles.seen}`}>
              {common > 0 && <LogText className={styles.common}>{statement.slice(0, common)}</LogText>}
              <LogText className={common > 0 ? styles.strange : ''}>{statement.slice(common)}</LogText>
            </code>
          </li>
        ))}
      </ul>
      {!areAllShown && (
        <Button size="small" onClick={() => setAllShown(true)}>
          Show all {statements.length} statements
        </Button>
      )}
    </figure>
  );
}

/** What the same principal sent shortly before, and what was answered; none where nothing is kept. */
function useUsualStatements({ resourceId, principal, startTime, alertType }: AlertDetail): string[] {
  const isCompared = /SqlInjection/.test(alertType);
  const query = {
    resource: resourceId,
    from: new Date(Date.parse(startTime) - BEFORE_MS).toISOString(),
    to: startTime,
    activity: ['statement'],
    outcome: ['Success'],
    ...(principal !== undefined && { principal: [principal] }),
  };
  const { data } = useActivities(query, LOOKED_AT, isCompared);
  return [...new Set(data?.items.flatMap(({ statement }) => statement ?? []))];
}
