import { Button, Field, makeStyles, Select, Text, Textarea, tokens } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../api/session.ts';
import { useSql, useSqlFile, useSqlViews } from '../../api/sql.ts';
import { ErrorBar, Nothing } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { FileMenu } from './file-menu.tsx';
import { SqlAnswer } from './sql-answer.tsx';
import { SqlViews } from './sql-views.tsx';

const useStyles = makeStyles({
  example: { maxWidth: '480px', minWidth: 0 },
  select: { minWidth: 0, width: '100%' },
  text: { fontFamily: tokens.fontFamilyMonospace },
  commands: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
});

const FIRST = `SELECT time, activity_name, status, user_name, src_ip
FROM activities
ORDER BY time DESC
LIMIT 100`;

/** Questions in SQL. A link brings a query along, and a person runs it. */
export function SqlTab() {
  const mayAsk = useMay('Security Reader');
  return mayAsk ? (
    <Asking />
  ) : (
    <Nothing title="SQL reads all resources">
      Your role is for some of them. An Owner can give you Security Reader on “/”.
    </Nothing>
  );
}

function Asking() {
  const styles = useStyles();
  const search = useSearch({ from: '/shell/investigate/sql' });
  const navigate = useNavigate({ from: '/investigate/sql' });
  const [sql, setSql] = useState(search.sql ?? FIRST);
  const views = useSqlViews(true);
  const ask = useSql();
  const file = useSqlFile();
  const run = () => {
    void navigate({ search: { sql } });
    ask.mutate(sql);
  };
  const examples = views.data?.examples ?? [];
  return (
    <>
      <Panel title="Ask in SQL">
        <Field label="Begin with an example" className={styles.example}>
          <Select
            className={styles.select}
            select={{ className: styles.select }}
            value=""
            onChange={(_, { value }) => value !== '' && setSql(examples[Number(value)]?.sql ?? sql)}
          >
            <option value="">…</option>
            {examples.map(({ title }, nth) => (
              <option key={title} value={nth}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Query" hint="DuckDB's SQL. Ctrl+Enter runs it; it reads the archive and changes nothing.">
          <Textarea
            className={styles.text}
            textarea={{ className: styles.text, spellCheck: false }}
            rows={8}
            resize="vertical"
            value={sql}
            maxLength={20_000}
            onChange={(_, { value }) => setSql(value)}
            onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && run()}
          />
        </Field>
        <div className={styles.commands}>
          <Button
            appearance="primary"
            icon={<PlayRegular />}
            disabledFocusable={sql.trim() === '' || ask.isPending}
            onClick={run}
          >
            Run
          </Button>
          <FileMenu file={file} isReady={sql.trim() !== ''} onFile={(format) => file.mutate({ sql, format })} />
          {ask.isPending && <Text role="status">Running…</Text>}
        </div>
        {ask.error !== null && <ErrorBar error={ask.error} />}
      </Panel>
      {ask.data !== undefined && (
        <Panel title="Answer">
          <SqlAnswer result={ask.data} />
        </Panel>
      )}
      <Panel title="What can be asked">
        <SqlViews views={views.data?.views ?? []} />
      </Panel>
    </>
  );
}
