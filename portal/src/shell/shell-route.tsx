import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { Problem } from '../api/problem.ts';
import { ME } from '../api/session.ts';
import { ErrorBar } from '../components/message.tsx';
import { NotFound } from '../pages/not-found.tsx';
import { Shell } from './shell.tsx';

export const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ notFoundComponent: NotFound });

/** Pages for those who have signed in; others sign in first, and come back. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    await context.queryClient.ensureQueryData(ME).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401) {
        throw redirect({ to: '/sign-in', search: { returnTo: location.href } });
      }
      throw error;
    });
  },
  errorComponent: ({ error }) => <ErrorBar error={error as Error} onRetry={() => window.location.reload()} />,
});
