/** What runs behind a resource. */
export type Engine = 'postgresql' | 'cosmosdb';

/** A protected PostgreSQL server or Cosmos account, named by an Azure Resource Manager id. */
export interface Resource {
  /** Lower-cased id: what resources are compared and sharded by. */
  key: string;
  /** The id in the casing first seen. */
  id: string;
  engine: Engine;
  /** Last segment of the id: what people call it. */
  name: string;
  subscriptionId: string;
  resourceGroup: string;
  /** Azure location of its alerts; `local` for what runs outside Azure. */
  location: string;
}
