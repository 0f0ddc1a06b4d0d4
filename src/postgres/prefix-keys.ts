/** Words that people put before the value of a field, by its escape. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  u: ['user', 'usr', 'username', 'role', 'u'],
  d: ['db', 'database', 'dbname', 'datname', 'd'],
  a: ['app', 'application', 'application_name', 'appname', 'a'],
  h: ['client', 'host', 'remote', 'remote_host', 'addr', 'address', 'ip', 'from', 'h'],
  p: ['pid', 'process', 'p'],
  c: ['session', 'sid', 'sess', 'session_id', 'c'],
  l: ['line', 'line_num', 'l'],
  e: ['state', 'code', 'sqlstate', 'err', 'error', 'sql_error_code', 'e'],
  x: ['xid', 'tx', 'txid', 'trx', 'x'],
  v: ['vxid', 'vx', 'v'],
  i: ['cmd', 'tag', 'command', 'ps', 'i'],
  b: ['backend', 'backend_type', 'type', 'b'],
  Q: ['qid', 'queryid', 'query_id'],
  s: ['start', 'session_start', 's'],
  P: ['leader'],
};
const ESCAPES = new Map(Object.entries(KEYS).flatMap(([letter, words]) => words.map((word) => [word, letter])));

/** The letter of the escape whose value such a word stands before. */
export function escapeOfKey(key: string | undefined): string | undefined {
  return key === undefined ? undefined : ESCAPES.get(key);
}

/** `user=`; before another mark only where the word is one that speaks of a field: `db-`, `db:`. */
export function isKeyText(word: string, mark: string): boolean {
  return mark === '=' || ((mark === ':' || mark === '-') && word.length > 1 && ESCAPES.has(word.toLowerCase()));
}
