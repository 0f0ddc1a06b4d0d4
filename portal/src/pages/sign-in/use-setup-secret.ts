import { useState } from 'react';

/** The secret of the one-time link. It stands behind `#`, which browsers never send, and leaves the address at once. */
export function useSetupSecret(): string {
  const [secret] = useState(() => {
    const { hash, pathname, search } = window.location;
    window.history.replaceState(window.history.state, '', pathname + search);
    return hash.slice(1);
  });
  return secret;
}
