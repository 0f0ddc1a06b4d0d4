import { makeStyles, Text } from '@fluentui/react-components';
import type { ResourceHealth } from '../../api/schema.ts';
import { LogText } from '../../components/log-text.tsx';
import { TimeText } from '../../components/time-text.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', rowGap: '8px' },
});

/** What a person should look at, and is no attack. */
export function Notices({ items }: { items: readonly ResourceHealth[] }) {
  const styles = useStyles();
  const notices = items.flatMap(({ name, notices: some }) => some.map((notice) => ({ ...notice, name })));
  if (notices.length === 0) {
    return <Text>Nothing: every log arrives and is understood.</Text>;
  }
  return (
    <ul className={styles.list}>
      {notices.map(({ name, kind, resourceKey, text, sinceTime }) => (
        <li key={`${resourceKey} ${kind} ${sinceTime}`}>
          <Text weight="semibold">
            <LogText>{name}</LogText>
          </Text>
          {': '}
          <LogText>{text}</LogText> <Text size={200}>since </Text>
          <TimeText iso={sinceTime} isRelative />
        </li>
      ))}
    </ul>
  );
}
