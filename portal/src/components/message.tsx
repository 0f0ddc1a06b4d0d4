import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '../api/problem.ts';

const useStyles = makeStyles({
  calm: {
    padding: '40px 16px',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    rowGap: '8px',
    textAlign: 'center',
    color: tokens.colorNeutralForeground2,
  },
  waiting: { minHeight: '240px', display: 'grid', placeItems: 'center' },
});

/** What stands where there is nothing to show: why, and what to do about it. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.calm}>
      <Text size={400} weight="semibold">
        {title}
      </Text>
      {children !== undefined && <Text>{children}</Text>}
    </div>
  );
}

/** An answer of the server: waiting for it, refused, or here. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const styles = useStyles();
  if (query.data !== undefined) {
    return children(query.data);
  }
  if (query.error === null) {
    return (
      <div className={styles.waiting}>
        <Spinner label="Loading" />
      </div>
    );
  }
  return <ErrorBar error={query.error} onRetry={() => void query.refetch()} />;
}

export function ErrorBar({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const id = error instanceof Problem && error.status >= 500 ? error.id : undefined;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{error.message}</MessageBarTitle>
        {id !== undefined && `The server's log tells more under the id ${id}. `}
        {onRetry !== undefined && (
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
