/** What a link in a message wants to be done with the alert that it leads to. */
export interface AlertAction {
  do?: 'expected' | 'investigate';
}

export function alertAction({ do: wanted }: Record<string, unknown>): AlertAction {
  return wanted === 'expected' || wanted === 'investigate' ? { do: wanted } : {};
}
