/** What was done with the keys of an account. */
export interface KeyOperation {
  kind: 'list' | 'regenerate';
  /** The middle of a sentence: `listed the account keys`. */
  done: string;
  /** The same, where it was refused. */
  tried: string;
}

/** By words in the name of the operation: `Microsoft.DocumentDB/databaseAccounts/regenerateKey/action`, in any case. */
export function operationOf(name: string): KeyOperation {
  const lower = name.toLowerCase();
  if (/regenerate|rotate/.test(lower)) {
    return { kind: 'regenerate', done: 'regenerated an account key', tried: 'tried to regenerate an account key' };
  }
  const what = lower.includes('connectionstring')
    ? 'connection strings, which hold the account keys,'
    : lower.includes('readonly')
      ? 'read-only keys'
      : 'account keys';
  return { kind: 'list', done: `listed the ${what}`, tried: `tried to list the ${what}` };
}
