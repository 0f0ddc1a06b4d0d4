import type { AddressFacts } from '../../model/address-facts.ts';
import type { Guidance } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { describeAddress } from '../describe.ts';
import { isClient, rejectClient, showSessions } from '../postgresql-commands.ts';

/** What a person can do about it, filled in with where it came from. */
export function guidance(resource: Resource, address: AddressFacts | undefined): Guidance {
  return {
    causes: [
      'Somebody without a login hides an attack, or blames it on others: the names that a client sends reach the log as they are, newlines and all.',
      'A security scanner or a penetration test tries what the log believes.',
      'Files of the log were read twice, or put together in the wrong order: then numbers of lines repeat.',
    ],
    investigation: [
      'Read the raw lines: the head that breaks off tells the true time and backend, the false lines tell what you were meant to believe.',
      'Trust no text log of that time where it stands alone: compare it with csvlog, jsonlog or pg_stat_activity.',
      ...(address === undefined
        ? ['Look for who connected at that time: the lines with "connection received" around the first forged entry.']
        : [
            `Is ${describeAddress(address)} still connected: ${showSessions(isClient(address.address))}`,
            'Look at everything else that came from there, above all at logins that worked.',
          ]),
    ],
    remediation: [
      "Write a log that cannot be forged: ALTER SYSTEM SET log_destination = 'csvlog'; (or 'jsonlog', since PostgreSQL 15), then SELECT pg_reload_conf();",
      "Until then, let the text log tell more: ALTER SYSTEM SET log_line_prefix = '%m [%p] %c %l %q%u@%d %h %e ';",
      ...(address === undefined
        ? []
        : [
            `Keep the address out: put this line first in pg_hba.conf, then SELECT pg_reload_conf(); (on a managed server: its firewall rules)  ${rejectClient(address.address)}`,
          ]),
      `Let only the networks that need ${resource.name} reach it: a name reaches the log before any password is asked for.`,
    ],
  };
}
