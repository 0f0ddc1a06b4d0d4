import { Button, Field, makeStyles, Text, Textarea, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useAddComment, useComments, useStatusHistory } from '../../api/alerts.ts';
import type { AlertDetail } from '../../api/schema.ts';
import { useMay } from '../../api/session.ts';
import { LogText } from '../../components/log-text.tsx';
import { ErrorBar } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { STATUS_WORDS } from '../../components/status.tsx';
import { TimeText } from '../../components/time-text.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', rowGap: '12px' },
  who: { color: tokens.colorNeutralForeground3 },
  text: { whiteSpace: 'pre-wrap' },
  form: { display: 'flex', flexDirection: 'column', rowGap: '8px', alignItems: 'flex-start' },
  field: { width: '100%' },
});

interface Entry {
  id: string;
  by: string;
  time: string;
  words: string;
}

/** What people did about the alert and wrote to each other, in its order. */
export function Discussion({ alert }: { alert: AlertDetail }) {
  const styles = useStyles();
  const entries = useEntries(alert.name);
  const mayWrite = useMay('Security Admin', alert.resourceId);
  return (
    <Panel title="What was done about it">
      {entries.length === 0 && <Text>Nobody has taken it yet.</Text>}
      <ol className={styles.list}>
        {entries.map(({ id, by, time, words }) => (
          <li key={id}>
            <Text size={200} className={styles.who}>
              <LogText>{by}</LogText> · <TimeText iso={time} isRelative />
            </Text>
            <br />
            <LogText className={styles.text}>{words}</LogText>
          </li>
        ))}
      </ol>
      {mayWrite && <CommentForm name={alert.name} />}
    </Panel>
  );
}

function CommentForm({ name }: { name: string }) {
  const styles = useStyles();
  const [text, setText] = useState('');
  const add = useAddComment(name);
  const submit = () => add.mutate(text, { onSuccess: () => setText('') });
  return (
    <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
      <Field label="Comment" className={styles.field}>
        <Textarea
          value={text}
          maxLength={4000}
          placeholder="What you found out, for whoever looks next"
          onChange={(_, { value }) => setText(value)}
        />
      </Field>
      {add.error !== null && <ErrorBar error={add.error} />}
      <Button type="submit" disabledFocusable={text.trim() === '' || add.isPending} onClick={submit}>
        Add the comment
      </Button>
    </form>
  );
}

function useEntries(name: string): Entry[] {
  const comments = useComments(name).data?.items ?? [];
  const changes = useStatusHistory(name).data?.items ?? [];
  const entries: Entry[] = [
    ...comments.map(({ text, ...comment }) => ({ ...comment, words: text })),
    ...changes.map(({ status, by, time, reason }) => ({
      id: `${time} ${status}`,
      by,
      time,
      words: reason === undefined ? `→ ${STATUS_WORDS[status]}` : `→ ${STATUS_WORDS[status]}: ${reason}`,
    })),
  ];
  return entries.sort((a, b) => (a.time < b.time ? -1 : 1));
}
