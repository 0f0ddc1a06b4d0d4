interface Span {
  start: number;
  end: number;
}

/** What runs behind a resource that an id names. */
export interface AzureResource {
  /** undefined: neither a Cosmos DB account nor a PostgreSQL server. */
  engine: 'postgresql' | 'cosmosdb' | undefined;
  /** Where the id of the account or server itself ends: its parts, such as a firewall rule, are named behind it. */
  end: number;
}

const NAMED: readonly { pattern: RegExp; engine: 'postgresql' | 'cosmosdb' }[] = [
  { pattern: /\/providers\\?\/microsoft\.documentdb\\?\/databaseaccounts\\?\/[^/\\]+/i, engine: 'cosmosdb' },
  {
    pattern: /\/providers\\?\/microsoft\.dbforpostgresql\\?\/(?:flexibleservers|servers|servergroupsv2)\\?\/[^/\\]+/i,
    engine: 'postgresql',
  },
];
/** Longer ids of resources do not exist. */
const MAX_ID_BYTES = 2048;
const decoder = new TextDecoder('latin1');

/** What an id of the Activity Log names; slashes may be escaped. */
export function findResource(bytes: Uint8Array, { start, end }: Span): AzureResource {
  const id = decoder.decode(bytes.slice(start, Math.min(end, start + MAX_ID_BYTES))); // a character for each byte
  for (const { pattern, engine } of NAMED) {
    const match = pattern.exec(id);
    if (match !== null) {
      return { engine, end: start + match.index + match[0].length };
    }
  }
  return { engine: undefined, end };
}
