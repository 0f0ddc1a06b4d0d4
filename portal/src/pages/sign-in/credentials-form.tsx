import { Button, Card, Field, Input, makeStyles, Text, Title2 } from '@fluentui/react-components';
import { type FormEvent, useEffect } from 'react';
import { ErrorBar } from '../../components/message.tsx';

const useStyles = makeStyles({
  root: { minHeight: '100vh', display: 'grid', placeItems: 'center', padding: '16px', boxSizing: 'border-box' },
  card: { width: 'min(400px, 100%)', padding: '32px', boxSizing: 'border-box' },
  form: { display: 'flex', flexDirection: 'column', rowGap: '16px' },
  title: { margin: 0 },
});

/** Shortest password that the server takes, in characters. */
const LEAST = 12;

interface Inputs {
  name: HTMLInputElement;
  password: HTMLInputElement;
}

interface Props {
  title: string;
  lead?: string;
  button: string;
  /** Whether the account is made here, so that the password is a new one. */
  isNew: boolean;
  error: Error | null;
  isBusy: boolean;
  onSubmit: (credentials: { name: string; password: string }) => void;
}

/** Name and password, alone on a page. */
export function CredentialsForm({ title, lead, button, isNew, error, isBusy, onSubmit }: Props) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} · Vedette`;
  }, [title]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { name, password } = event.currentTarget.elements as typeof event.currentTarget.elements & Inputs;
    onSubmit({ name: name.value, password: password.value });
  };
  return (
    <main className={styles.root}>
      <Card className={styles.card}>
        <img src="/icon.svg" alt="" width={40} height={40} />
        <Title2 as="h1" className={styles.title}>
          {title}
        </Title2>
        {lead !== undefined && <Text>{lead}</Text>}
        <form className={styles.form} onSubmit={submit}>
          <Field label="Name" required>
            <Input name="name" autoComplete="username" minLength={2} maxLength={100} />
          </Field>
          <Field label="Password" required {...(isNew && { hint: `At least ${LEAST} characters.` })}>
            <Input
              name="password"
              type="password"
              autoComplete={isNew ? 'new-password' : 'current-password'}
              minLength={isNew ? LEAST : 1}
            />
          </Field>
          {error !== null && <ErrorBar error={error} />}
          <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
            {button}
          </Button>
        </form>
      </Card>
    </main>
  );
}
