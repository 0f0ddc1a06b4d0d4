import { shellWord, sqlLiteral } from '../../lib/quote.ts';
import type { FindingEntities, Guidance } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { listRoles, queryRequests } from '../cosmosdb-commands.ts';
import { named } from '../describe.ts';
import { changePassword, showRights } from '../postgresql-commands.ts';
import type { Weakness } from './weakness.ts';

const RULES =
  "SELECT line_number, type, database, user_name, address, auth_method FROM pg_hba_file_rules WHERE auth_method IN ('trust', 'password', 'md5');";
const RELOAD = 'then SELECT pg_reload_conf();';

/** What a person can do about a weakness, filled in with who and from where. */
export function guidance(resource: Resource, weakness: Weakness, entities: FindingEntities): Guidance {
  const principal = entities.principal ?? '';
  const address = entities.address?.address ?? '';
  switch (weakness) {
    case 'account key':
      return accountKey(resource, address);
    case 'no TLS':
      return encryption(address);
    case 'superuser from outside':
      return superuser(principal);
    default:
      return method(weakness, principal);
  }
}

function encryption(address: string): Guidance {
  return {
    causes: [
      'The server takes connections without TLS, and the client does not ask for it (sslmode=disable, allow or prefer).',
      'The way is encrypted by other means that the log does not tell, as by a VPN or a tunnel.',
    ],
    investigation: [
      `Who else does so: SELECT usename, client_addr, application_name FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE NOT ssl AND client_addr IS NOT NULL;`,
      `Is the way from ${named(address)} encrypted by other means, as by a VPN? Then name that network under \`networks\`.`,
    ],
    remediation: [
      `Turn TLS on (ssl = on, ssl_cert_file, ssl_key_file), and change host to hostssl in pg_hba.conf; ${RELOAD} (on a managed server: require_secure_transport or rds.force_ssl)`,
      'Let clients check whom they talk to: sslmode=verify-full.',
    ],
  };
}

function method(weakness: Weakness, role: string): Guidance {
  const isMd5 = weakness === 'md5';
  return {
    causes: [
      isMd5
        ? 'A rule from before PostgreSQL 14, whose default was md5. A password that is stored as SCRAM is safe under it, too.'
        : 'A rule that was meant for the first set-up, or for clients that know no better.',
      'Somebody changed pg_hba.conf to get in.',
    ],
    investigation: [
      `Which rules allow it (the log line names file and line of the one that matched): ${RULES}`,
      ...(isMd5
        ? [
            `How the password is stored: SELECT rolname, left(rolpassword, 3) = 'md5' AS is_md5 FROM pg_authid WHERE rolname = ${sqlLiteral(role)};`,
          ]
        : []),
      `What the role may do: ${showRights(role)}`,
    ],
    remediation: [
      ...(isMd5
        ? [
            `Have passwords stored as SCRAM (password_encryption = 'scram-sha-256'), and set this one anew: ${changePassword(role)}`,
          ]
        : []),
      `Change the rule to scram-sha-256, ${RELOAD}`,
    ],
  };
}

function superuser(role: string): Guidance {
  return {
    causes: [
      'An administrator works from home or on the road.',
      'An application was given the role that came with the server.',
    ],
    investigation: [`Ask who it was. What the role may do: ${showRights(role)}`],
    remediation: [
      'Give applications roles of their own, which own nothing and may do only what they need.',
      `Let ${named(role)} in from your networks only: above the other rules of pg_hba.conf a line that rejects it from elsewhere, ${RELOAD}`,
    ],
  };
}

function accountKey(resource: Resource, address: string): Guidance {
  const group = shellWord(resource.resourceGroup);
  return {
    causes: ['An application was not moved to identities yet.', 'A tool or notebook uses the connection string.'],
    investigation: [
      `What uses it: ${queryRequests(address, 'count() by UserAgent, OperationName, DatabaseName, CollectionName')}`,
      `Which identities have roles already: ${listRoles(resource)}`,
    ],
    remediation: [
      'Give what uses it an identity with a data-plane role of its own.',
      `Then turn account keys off: az resource update --resource-type Microsoft.DocumentDB/databaseAccounts --name ${shellWord(resource.name)} --resource-group ${group} --set properties.disableLocalAuth=true`,
    ],
  };
}
