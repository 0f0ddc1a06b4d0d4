import { isBrowser } from '../hand-tools.ts';

/** Families of tools made for attacks. A name is one vote: whoever attacks can give another, or none. */
export const ATTACK_TOOLS: ReadonlySet<string> = new Set([
  'sqlmap',
  'sqlninja',
  'ghauri',
  'jsql',
  'jsql-injection',
  'havij',
  'nmap',
  'nmap-scripting-engine',
  'pgsql-brute',
  'masscan',
  'zgrab',
  'metasploit',
  'metasploit-framework',
  'msfconsole',
  'thc-hydra',
  'ncrack',
  'patator',
  'crackmapexec',
  'netexec',
  'openvas',
  'nessus',
  'nikto',
  'wfuzz',
]);
/** The same, but others are called so, too: Ory's and Columnar's Hydra, comics' Medusa. */
const AMBIGUOUS: ReadonlySet<string> = new Set(['hydra', 'medusa', 'nuclei', 'burp', 'burpsuite', 'legba', 'kali']);

export type ToolName = 'none' | 'ambiguous' | 'clear';

/** Whether a whole product is called like a tool for attacks; `ory-hydra` is another product. */
export function toolNameOf(family: string): ToolName {
  return ATTACK_TOOLS.has(family) ? 'clear' : AMBIGUOUS.has(family) ? 'ambiguous' : 'none';
}

/** Libraries made for Cosmos DB, as their user agents begin. */
const SDK = /(?:^|-)(?:cosmos|cosmosdb|azsdk|documentdb)(?:-|$)/;

export type AgentKind = 'sdk' | 'browser' | 'plain HTTP';

/** What kind of client asks Cosmos DB for documents. */
export function agentKindOf(family: string): AgentKind {
  return SDK.test(family) ? 'sdk' : isBrowser(family) ? 'browser' : 'plain HTTP';
}
