import { Button, Field, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Hunt, useHuntFile, useRunHunt } from '../../api/hunts.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { ErrorBar } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { FileMenu } from './file-menu.tsx';
import { SqlAnswer } from './sql-answer.tsx';

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', rowGap: '16px', minWidth: 0 },
  commands: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  summary: { cursor: 'pointer' },
  code: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    padding: '8px 12px',
    marginTop: '8px',
    overflowX: 'auto',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
  },
  link: { color: tokens.colorBrandForegroundLink },
});

const DAYS = [1, 7, 14, 30, 90] as const;

/** One hunt: what it finds, how to read it, and its answer. */
export function HuntPanel({ hunt }: { hunt: Hunt }) {
  const styles = useStyles();
  const [days, setDays] = useState(hunt.days);
  const run = useRunHunt(hunt.id);
  const file = useHuntFile(hunt.id);
  const lengths = [...new Set([...DAYS, hunt.days])].sort((a, b) => a - b);
  return (
    <div className={styles.column}>
      <Panel title={hunt.title}>
        <Facts
          facts={[
            { term: 'Finds', value: hunt.finds },
            { term: 'Reading it', value: hunt.reading },
          ]}
        />
        <div className={styles.commands}>
          <Field label="Look back">
            <Select value={String(days)} onChange={(_, { value }) => setDays(Number(value))}>
              {lengths.map((one) => (
                <option key={one} value={one}>
                  {one === 1 ? 'a day' : `${one} days`}
                </option>
              ))}
            </Select>
          </Field>
          <Button
            appearance="primary"
            icon={<PlayRegular />}
            disabledFocusable={run.isPending}
            onClick={() => run.mutate(days)}
          >
            Run
          </Button>
          <FileMenu file={file} isReady onFile={(format) => file.mutate({ days, format })} />
          {run.isPending && <Text role="status">Running…</Text>}
        </div>
        {run.error !== null && <ErrorBar error={run.error} />}
        <details>
          <summary className={styles.summary}>The query</summary>
          <div className={styles.code}>
            <code>{hunt.sql}</code>
            <CopyButton text={hunt.sql} what="the query" />
          </div>
          <Link to="/investigate/sql" search={{ sql: standingAlone(hunt.sql, days) }} className={styles.link}>
            Change it in SQL
          </Link>
        </details>
      </Panel>
      {run.data !== undefined && (
        <Panel title="Answer">
          <SqlAnswer result={run.data} />
        </Panel>
      )}
    </div>
  );
}

/** The query without the times that a hunt is given. */
function standingAlone(sql: string, days: number): string {
  return sql
    .replaceAll("getvariable('since')", `now() - INTERVAL ${days} DAY`)
    .replaceAll("getvariable('until')", 'now()');
}
