/** The last word of an alert type: `SQL.PostgreSQL_GeoAnomaly` and `CosmosDB_GeoAnomaly` are of one kind. */
export function kindOf(alertType: string): string {
  return alertType.slice(alertType.lastIndexOf('_') + 1);
}
