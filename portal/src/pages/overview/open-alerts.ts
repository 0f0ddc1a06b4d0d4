/** What still waits for somebody. */
export const OPEN = ['Active', 'InProgress'] as const;
