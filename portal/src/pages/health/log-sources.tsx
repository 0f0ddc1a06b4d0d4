import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ResourceHealth, SourceHealth } from '../../api/schema.ts';
import { CopyLine } from '../../components/copy-line.tsx';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { lackOf } from './lack-of.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', rowGap: '12px' },
  bad: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
});

const STATES = {
  running: 'is read',
  waiting: 'waits for its next try',
  refused: 'is refused',
  pending: 'nothing has come yet that tells its format',
} as const;
const NUMBER = new Intl.NumberFormat();

type Source = SourceHealth & { resource: string };

const COLUMNS: readonly Column<Source>[] = [
  { title: 'Resource', cell: ({ resource }) => <LogText>{resource}</LogText> },
  { title: 'Source', cell: ({ name }) => <LogText>{name}</LogText> },
  { title: 'Kind', cell: ({ source }) => source },
  {
    title: 'Format',
    cell: ({ format, logLinePrefix }) => (
      <LogText>{logLinePrefix === undefined ? format : `${format}, prefix “${logLinePrefix}”`}</LogText>
    ),
  },
  { title: 'State', cell: (source) => <State source={source} /> },
  {
    title: 'Last came',
    cell: ({ lastTime }) => (lastTime === undefined ? '—' : <TimeText iso={lastTime} isRelative />),
  },
  { title: 'Came', cell: ({ bytes }) => (bytes === undefined ? '—' : `${NUMBER.format(bytes)} bytes`) },
];

/** Where the records of every resource come from, and whether they do. */
export function LogSources({ items }: { items: readonly ResourceHealth[] }) {
  const rows = items.flatMap(({ name, sources }) => sources.map((source) => ({ ...source, resource: name })));
  return (
    <ListTable
      label="Sources"
      columns={COLUMNS}
      rows={rows}
      keyOf={({ resource, name, source }) => `${resource} ${source} ${name}`}
    />
  );
}

function State({ source: { state, problem, refused } }: { source: SourceHealth }) {
  const styles = useStyles();
  return (
    <span>
      <span className={state === 'running' ? '' : styles.bad}>{STATES[state]}</span>
      {problem !== undefined && (
        <>
          {': '}
          <LogText>{problem}</LogText>
        </>
      )}
      {refused.map(({ reason, count, example }) => (
        <Text key={reason} block size={200}>
          {NUMBER.format(count)} not taken: <LogText>{`${reason}, as ${example}`}</LogText>
        </Text>
      ))}
    </span>
  );
}

/** What records of the sources do not tell, with the commands that mend it. */
export function Lacks({ sources }: { sources: readonly SourceHealth[] }) {
  const styles = useStyles();
  const lacks = [...new Set(sources.flatMap((source) => source.lacks))].map(lackOf);
  return (
    <ul className={styles.list}>
      {lacks.map(({ words, commands }) => (
        <li key={words}>
          <LogText>{words}</LogText>
          {commands.map((command) => (
            <CopyLine key={command} text={command} what="the command" />
          ))}
        </li>
      ))}
    </ul>
  );
}
