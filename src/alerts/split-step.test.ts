import { describe, expect, it } from 'vitest';
import { splitStep } from './split-step.ts';

describe('splitStep', () => {
  it.each([
    [
      "What is connected from there: SELECT pid FROM pg_stat_activity WHERE client_addr = '192.0.2.1';",
      "SELECT pid FROM pg_stat_activity WHERE client_addr = '192.0.2.1';",
    ],
    [
      'Put this line first in pg_hba.conf, then SELECT pg_reload_conf(); (its firewall rules)  host all all 192.0.2.1/32 reject',
      'host all all 192.0.2.1/32 reject',
    ],
    [
      'Make this key worthless: az cosmosdb keys regenerate --name shop --key-kind primary',
      'az cosmosdb keys regenerate --name shop --key-kind primary',
    ],
    ['Requests: CDBDataPlaneRequests | where StatusCode == 401', 'CDBDataPlaneRequests | where StatusCode == 401'],
  ])('finds the command at the end of %j', (step, command) => {
    expect(splitStep(step)).toEqual({ words: step.slice(0, -command.length).trimEnd(), command });
  });

  it.each(['Ask whoever owns alice whether it was them.', 'Let only known networks reach the port.', ''])(
    'leaves prose alone: %j',
    (step) => {
      expect(splitStep(step)).toEqual({ words: step });
    },
  );
});
