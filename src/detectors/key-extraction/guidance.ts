import { shellWord } from '../../lib/quote.ts';
import type { Guidance } from '../../model/finding.ts';
import { allowNetworks, queryRequests, regenerateKey } from '../cosmosdb-commands.ts';
import { named } from '../describe.ts';
import type { Extraction } from './extraction.ts';

const SUMMARY = 'count(), sum(ResponseLength) by OperationName, DatabaseName, CollectionName, StatusCode';

/** What a person can do about keys that were taken, filled in with by whom and from where. */
export function guidance({ resource, caller, address, operation, uses }: Extraction): Guidance {
  const id = shellWord(resource.id);
  const addresses = [...new Set([address, ...uses.map((use) => use.address)].map((facts) => facts.address))];
  return {
    causes: [
      operation.kind === 'regenerate'
        ? 'An intruder replaced the key, to have one that nobody else holds or to lock the applications out.'
        : 'An intruder took the keys, with which everything in the account can be read and changed without any identity.',
      'A colleague opened the Data Explorer of the portal, which lists the keys.',
      'A new pipeline, tool or deployment reads or rotates the keys.',
    ],
    investigation: [
      `Ask ${named(caller)} whether it was them. What else it did: az monitor activity-log list --caller ${shellWord(caller)} --offset 7d`,
      `Who else listed or replaced the keys: az monitor activity-log list --resource-id ${id} --offset 7d`,
      ...addresses.slice(0, 3).map((from) => `What was read from ${named(from)}: ${queryRequests(from, SUMMARY)}`),
    ],
    remediation: [
      `If it was not them, revoke the sessions of ${named(caller)}, disable it in Entra ID, and see which roles let it list keys: az role assignment list --assignee ${shellWord(caller)} --all`,
      `Make all keys worthless, each once the applications use another: ${regenerateKey(resource, 'SecondaryMasterKey')}; ${regenerateKey(resource, 'PrimaryMasterKey')}`,
      `Let only known networks reach the account (replaces its whole list): ${allowNetworks(resource)}`,
      'Give applications Entra identities of their own and turn account keys off (disableLocalAuth): keys that do not work need no guard.',
    ],
  };
}
