import { FluentProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/problem.ts';
import './main.css';
import { createPortalRouter } from './router.tsx';
import { DARK, LIGHT } from './theme/brand.ts';
import { useColorScheme } from './theme/use-color-scheme.ts';

const queryClient = new QueryClient({
  defaultOptions: {
    // The server may well be reached where the browser thinks that it is offline: on this machine, in a closed network.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      retry: (count, error) => !(error instanceof Problem && error.status < 500) && count < 2,
    },
  },
});
const router = createPortalRouter(queryClient);

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

function Portal() {
  const { scheme } = useColorScheme();
  return (
    <FluentProvider theme={scheme === 'dark' ? DARK : LIGHT} style={{ colorScheme: scheme }}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </FluentProvider>
  );
}

const root = document.getElementById('root');
if (root === null) {
  throw new Error('the page has no element #root');
}
createRoot(root).render(
  <StrictMode>
    <Portal />
  </StrictMode>,
);
