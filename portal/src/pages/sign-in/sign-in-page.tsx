import { useNavigate, useSearch } from '@tanstack/react-router';
import { useSignIn } from '../../api/session.ts';
import { CredentialsForm } from './credentials-form.tsx';

/** Signing in with name and password. */
export function SignInPage() {
  const { returnTo } = useSearch({ from: '/sign-in' });
  const signIn = useSignIn();
  const navigate = useNavigate();
  return (
    <CredentialsForm
      title="Sign in to Vedette"
      button="Sign in"
      isNew={false}
      error={signIn.error}
      isBusy={signIn.isPending}
      onSubmit={(credentials) =>
        signIn.mutate(credentials, { onSuccess: () => void navigate({ href: returnTo ?? '/', replace: true }) })
      }
    />
  );
}
