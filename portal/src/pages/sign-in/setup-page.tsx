import { useNavigate } from '@tanstack/react-router';
import { useSignIn } from '../../api/session.ts';
import { CredentialsForm } from './credentials-form.tsx';
import { useSetupSecret } from './use-setup-secret.ts';

/** Where the one-time link of the first start leads: making the first account. */
export function SetupPage() {
  const secret = useSetupSecret();
  const signIn = useSignIn();
  const navigate = useNavigate();
  return (
    <CredentialsForm
      title="Welcome to Vedette"
      lead="Choose a name and a password. You will be the Owner, and can let others in later."
      button="Create the account"
      isNew
      error={signIn.error}
      isBusy={signIn.isPending}
      onSubmit={(credentials) =>
        signIn.mutate({ ...credentials, secret }, { onSuccess: () => void navigate({ to: '/', replace: true }) })
      }
    />
  );
}
