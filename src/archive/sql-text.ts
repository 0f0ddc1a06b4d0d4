/** A text as an expression of SQL: a literal, which cannot hold the character 0. */
export function quoted(text: string): string {
  const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts[0]! : `(${parts.join(' || chr(0) || ')})`;
}

/** Paths as a list of SQL. */
export function fileList(paths: readonly string[]): string {
  return `[${paths.map(quoted).join(', ')}]`;
}

export function columnList(columns: readonly { name: string }[]): string {
  return columns.map(({ name }) => name).join(', ');
}

/** How files of the archive are written. */
export const PARQUET =
  'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, PARQUET_VERSION v2, ROW_GROUP_SIZE 122880';
