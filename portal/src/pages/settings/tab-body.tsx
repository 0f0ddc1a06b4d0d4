import { makeStyles, Text } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Settled } from '../../components/settled.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: '16px', minWidth: 0 },
  head: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'center', justifyContent: 'space-between' },
  lead: { maxWidth: '900px' },
});

interface Props {
  /** What this is about, in a sentence or two. */
  lead: string;
  commands?: ReactNode;
  children: ReactNode;
}

/** One tab of the settings: what it is about, what can be done, then its content. */
export function TabBody({ lead, commands, children }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <Text className={styles.lead}>{lead}</Text>
        {commands}
      </div>
      <Settled>{children}</Settled>
    </div>
  );
}
