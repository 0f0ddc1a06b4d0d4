/** A text as a literal of SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Paths as a list of SQL. */
export function fileList(paths: readonly string[]): string {
  return `[${paths.map(quoted).join(', ')}]`;
}

export function columnList(columns: readonly { name: string }[]): string {
  return columns.map(({ name }) => name).join(', ');
}
