import { Command, Option } from 'commander';
import { apiClient } from './api-client.ts';
import { baselineCommands } from './baseline-commands.ts';
import { networkCommands } from './network-commands.ts';
import { printRows } from './print-rows.ts';
import { resourceCommands } from './resource-commands.ts';
import { searchCommand } from './search-command.ts';
import { serverCommand as command, type CommandOptions as Options } from './server-command.ts';

interface Page {
  items: object[];
  next?: string;
}

const ALERT_COLUMNS = {
  Severity: 'severity',
  Status: 'status',
  Started: 'startTime',
  Resource: 'resourceName',
  What: 'displayName',
  Name: 'name',
};
const LINE_COLUMNS = { Source: 'source', Byte: 'byteOffset', Revealed: 'isRevealed', Line: 'text' };
const USER_COLUMNS = { Name: 'name', Roles: 'roles', Disabled: 'disabled', 'Last sign-in': 'lastSignInTime', Id: 'id' };
const PRINCIPAL_COLUMNS = { Name: 'name', Client: 'clientId', Tenant: 'tenantId', Roles: 'roles', Secret: 'secret' };
const TOKEN_COLUMNS = {
  Name: 'name',
  Kind: 'kind',
  Expires: 'expiresTime',
  'Last used': 'lastUsedTime',
  Revoked: 'isRevoked',
  Id: 'id',
  Secret: 'secret',
};
/** What each word of the command line makes of an alert. */
const DECISIONS = { dismiss: 'Dismissed', resolve: 'Resolved', activate: 'Active', take: 'InProgress' } as const;

/** Commands that ask a server that runs. */
export function serverCommands(): Command[] {
  return [
    ...protectionCommands(),
    alertCommands(),
    searchCommand(),
    resourceCommands(),
    baselineCommands(),
    networkCommands(),
    userCommands(),
    principalCommands(),
    tokenCommands(),
  ];
}

/** `Enable-`, `Get-` and `Disable-AzSecurityAdvancedThreatProtection`: they take an id, and tell `IsEnabled` and `Id`. */
function protectionCommands(): Command[] {
  const commands = { enable: 'on', disable: 'off', get: undefined } as const;
  return Object.entries(commands).map(([name, protection]) =>
    command(name, `${name} Advanced Threat Protection of a resource`)
      .argument('<resource>', 'name or id of the resource')
      .action(async (resource: string, options: Options) => {
        const send = apiClient(options);
        const path = `/api/v1/resources/${encodeURIComponent(resource)}`;
        if (protection !== undefined) {
          const settings = await send<object>('GET', `${path}/settings`);
          await send('PUT', `${path}/settings`, { ...settings, protection });
        }
        const told = await send<{ id: string; protection: string }>('GET', path);
        const setting = { IsEnabled: told.protection === 'on', Id: told.id };
        printRows(options.output, setting, [setting], { IsEnabled: 'IsEnabled', Id: 'Id' });
      }),
  );
}

function alertCommands(): Command {
  const alerts = new Command('alerts').description('read security alerts and say what became of them');
  alerts.addCommand(
    command('list', 'list alerts, the newest first')
      .option('--severity <list>', 'High,Medium,Low,Informational')
      .option('--status <list>', 'Active,InProgress,Resolved,Dismissed')
      .option('--resource <id>', 'of a resource, a group or a subscription')
      .option('--limit <number>', 'alerts at most', '50')
      .action(async (options: Options & Record<string, string>) => {
        const { severity, status, resource, limit } = options;
        const query = new URLSearchParams(
          Object.entries({ severity, status, resource, limit }).filter(([, it]) => it !== undefined),
        );
        const told = await apiClient(options)<Page>('GET', `/api/v1/alerts?${query.toString()}`);
        printRows(options.output, told.items, told.items, ALERT_COLUMNS);
      }),
  );
  alerts.addCommand(
    command('show', 'show one alert with all that is known', 'json')
      .argument('<name>')
      .action(async (name: string, options: Options) => {
        const told = await apiClient(options)<object>('GET', `/api/v1/alerts/${encodeURIComponent(name)}`);
        printRows(options.output, told, [told], ALERT_COLUMNS);
      }),
  );
  alerts.addCommand(
    command('reveal', 'show the literals in the raw lines of an alert; who did so, and why, is kept')
      .argument('<name>')
      .requiredOption('--reason <text>', 'why')
      .action(async (name: string, options: Options & { reason: string }) => {
        const path = `/api/v1/alerts/${encodeURIComponent(name)}/reveal`;
        const told = await apiClient(options)<Page>('POST', path, { reason: options.reason });
        printRows(options.output, told.items, told.items, LINE_COLUMNS);
      }),
  );
  for (const [word, status] of Object.entries(DECISIONS)) {
    alerts.addCommand(
      command(word, `make alerts ${status}`)
        .argument('<name...>')
        .option('--reason <text>', 'why; others read it')
        .action(async (names: string[], options: Options & { reason?: string }) => {
          const send = apiClient(options);
          const { reason } = options;
          const change = { status, ...(reason !== undefined && { reason }) };
          const told: object[] = [];
          for (const name of names) {
            told.push(await send<object>('PATCH', `/api/v1/alerts/${encodeURIComponent(name)}`, change));
          }
          printRows(options.output, told, told, ALERT_COLUMNS);
        }),
    );
  }
  return alerts;
}

function userCommands(): Command {
  return new Command('users')
    .description('people who may sign in')
    .addCommand(lister('list', 'list users', '/api/v1/users', USER_COLUMNS))
    .addCommand(
      withRole(command('add', 'add a user'))
        .argument('<name>')
        .option('--password-file <file>', 'file that holds the password; absent: the user signs in elsewhere')
        .action(async (name: string, options: Options & RoleOptions & { passwordFile?: string }) => {
          const { readFileSync } = await import('node:fs');
          const { passwordFile: file } = options;
          const password = file === undefined ? {} : { password: readFileSync(file, 'utf8').replace(/\r?\n$/, '') };
          const told = await apiClient(options)<object>('POST', '/api/v1/users', {
            name,
            ...password,
            roles: rolesIn(options),
          });
          printRows(options.output, told, [told], USER_COLUMNS);
        }),
    )
    .addCommand(remover('remove', 'remove a user', '/api/v1/users'));
}

function principalCommands(): Command {
  return new Command('service-principals')
    .description('programs that sign in: azure-cli, the Azure SDKs, scripts')
    .addCommand(lister('list', 'list service principals', '/api/v1/service-principals', PRINCIPAL_COLUMNS))
    .addCommand(
      withRole(command('add', 'add a service principal; its secret is shown once'))
        .argument('<name>')
        .option('--expires-in-days <days>', 'life of the secret', '180')
        .action(async (name: string, options: Options & RoleOptions & { expiresInDays: string }) => {
          const body = { name, roles: rolesIn(options), expiresInDays: Number(options.expiresInDays) };
          const told = await apiClient(options)<object>('POST', '/api/v1/service-principals', body);
          printRows(options.output, told, [told], PRINCIPAL_COLUMNS);
        }),
    )
    .addCommand(remover('remove', 'remove a service principal', '/api/v1/service-principals'));
}

function tokenCommands(): Command {
  return new Command('tokens')
    .description('tokens for scripts, and for those who push records')
    .addCommand(lister('list', 'list tokens', '/api/v1/tokens', TOKEN_COLUMNS))
    .addCommand(
      command('add', 'make a token; its secret is shown once')
        .argument('<name>')
        .addOption(new Option('--kind <kind>', 'what it is for').choices(['api', 'ingest']).default('api'))
        .option('--for <principal>', 'user name or client id that it acts as; absent: you')
        .option('--scope <id>', 'limits it to a subscription, group or resource', '')
        .option('--expires-in-days <days>', 'its life', '90')
        .action(
          async (
            name: string,
            options: Options & Record<'kind' | 'scope' | 'expiresInDays', string> & { for?: string },
          ) => {
            const { kind, scope, expiresInDays, for: principal } = options;
            const whom = principal === undefined ? {} : { principal };
            const body = { name, kind, scope, expiresInDays: Number(expiresInDays), ...whom };
            const told = await apiClient(options)<object>('POST', '/api/v1/tokens', body);
            printRows(options.output, told, [told], TOKEN_COLUMNS);
          },
        ),
    )
    .addCommand(remover('revoke', 'revoke a token', '/api/v1/tokens'));
}

interface RoleOptions {
  role: string;
  scope: string;
}

function withRole(to: Command): Command {
  return to
    .addOption(
      new Option('--role <role>', 'what it may do')
        .choices(['Security Reader', 'Security Admin', 'Owner'])
        .default('Security Reader'),
    )
    .option('--scope <id>', 'where: / or the id of a subscription, group or resource', '/');
}

function rolesIn({ role, scope }: RoleOptions) {
  return [{ role, scope }];
}

function lister(name: string, description: string, path: string, columns: Readonly<Record<string, string>>): Command {
  return command(name, description).action(async (options: Options) => {
    const { items } = await apiClient(options)<Page>('GET', path);
    printRows(options.output, items, items, columns);
  });
}

function remover(name: string, description: string, path: string): Command {
  return command(name, description)
    .argument('<id>')
    .action(async (id: string, options: Options) => {
      await apiClient(options)('DELETE', `${path}/${encodeURIComponent(id)}`);
    });
}
