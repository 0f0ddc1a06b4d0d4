/** What Azure's clients ask for where nobody told them another name of the management API. */
const AZURE_NAMES = ['https://management.azure.com', 'https://management.core.windows.net'];

/** Whether an audience is this server: the origin that it is reached at, or Azure's own name for what it does. */
export function isOurAudience(audience: string, origin: string): boolean {
  const name = audience.replace(/\/+$/, '').toLowerCase();
  return AZURE_NAMES.includes(name) || name === origin.toLowerCase();
}
