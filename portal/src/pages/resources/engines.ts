import type { Resource } from '../../api/schema.ts';

export const ENGINES: Readonly<Record<Resource['engine'], string>> = {
  postgresql: 'PostgreSQL',
  cosmosdb: 'Azure Cosmos DB',
};
