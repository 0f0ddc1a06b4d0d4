import { makeStyles, mergeClasses, Spinner } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';

const useStyles = makeStyles({
  frame: { position: 'relative', minWidth: 0 },
  content: { display: 'flex', flexDirection: 'column', rowGap: '16px', minWidth: 0 },
  hidden: { visibility: 'hidden' },
  spinner: { position: 'absolute', top: '80px', left: 0, right: 0 },
});

/** What is slower comes later; milliseconds. */
const MOST_MS = 1000;
const LOOK_EVERY_MS = 20;

/** Parts that are read one by one, shown together: none pushes another away as it comes. */
export function Settled({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const queries = useQueryClient();
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const end = Date.now() + MOST_MS;
    const timer = setInterval(() => {
      const isWaiting = queries.isFetching({ predicate: ({ state }) => state.status === 'pending' }) > 0;
      if (!isWaiting || Date.now() > end) {
        clearInterval(timer);
        setSettled(true);
      }
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [queries]);
  return (
    <div className={styles.frame}>
      {!isSettled && <Spinner label="Loading" className={styles.spinner} />}
      <div className={mergeClasses(styles.content, !isSettled && styles.hidden)}>{children}</div>
    </div>
  );
}
