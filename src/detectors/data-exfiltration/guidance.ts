import { shellWord } from '../../lib/quote.ts';
import type { FindingEntities, Guidance } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';

/** What a person can do about an unusual amount of data read, filled in with who and from where. */
export function guidance(resource: Resource, entities: FindingEntities & { principal: string }): Guidance {
  const account = `--name ${shellWord(resource.name)} --resource-group ${shellWord(resource.resourceGroup)}`;
  const address = entities.address?.address ?? '';
  return {
    causes: [
      'Someone copies the data out with stolen or misused credentials.',
      'An export, migration or reindexing that was not seen in the last 60 days.',
      'A faulty query that reads whole containers.',
    ],
    investigation: [
      `Ask who works as ${entities.principal} whether an export was planned.`,
      `What was read: CDBDataPlaneRequests | where ClientIpAddress == ${JSON.stringify(address)} | summarize sum(ResponseLength), count() by OperationName, DatabaseName, CollectionName, bin(TimeGenerated, 5m)`,
      'Where the data went: look at what runs at the address, and at what left its network in that hour.',
    ],
    remediation: [
      `If it was not planned, cut it off: allow only known networks with az cosmosdb update ${account} --ip-range-filter <your addresses>`,
      entities.principal.endsWith('MasterKey')
        ? `Move the applications to the other key and regenerate this one: az cosmosdb keys regenerate ${account} --key-kind ${entities.principal.startsWith('Secondary') ? 'secondary' : 'primary'}${entities.principal.includes('ReadOnly') ? 'Readonly' : ''}`
        : `Remove the identity's data-plane role: az cosmosdb sql role assignment list --account-name ${shellWord(resource.name)} --resource-group ${shellWord(resource.resourceGroup)}`,
      'Tell the owner of the data; personal data may have to be reported.',
    ],
  };
}
