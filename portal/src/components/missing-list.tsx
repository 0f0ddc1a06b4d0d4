import { makeStyles, Text } from '@fluentui/react-components';
import { CopyLine } from './copy-line.tsx';
import { LogText } from './log-text.tsx';

const useStyles = makeStyles({
  root: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', rowGap: '8px' },
});

interface Missing {
  text: string;
  /** Statements for the server that mend it. */
  sql: readonly string[];
}

/** What a log does not tell, and what to run on the database so that it does. */
export function MissingList({ missing }: { missing: readonly Missing[] }) {
  const styles = useStyles();
  if (missing.length === 0) {
    return <Text>Nothing is missing: it tells all that the detectors look at.</Text>;
  }
  return (
    <>
      <Text weight="semibold">What is missing, and what mends it</Text>
      <ul className={styles.root}>
        {[...byCure(missing)].map(([sql, texts]) => (
          <li key={texts.join()}>
            {texts.map((text) => (
              <div key={text}>
                <LogText>{text}</LogText>
              </div>
            ))}
            {sql !== '' && <CopyLine text={sql} what="the statements" />}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the same statements mend stands together. */
function byCure(missing: readonly Missing[]): ReadonlyMap<string, readonly string[]> {
  const cures = new Map<string, string[]>();
  for (const { text, sql } of missing) {
    const cure = sql.join('\n');
    cures.set(cure, [...(cures.get(cure) ?? []), text]);
  }
  return cures;
}
