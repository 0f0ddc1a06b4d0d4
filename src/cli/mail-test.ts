import { hostname, userInfo } from 'node:os';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import type { ChannelPlan } from '../config/notifications-schema.ts';
import { testNotice } from '../delivery/test-notice.ts';
import { UserError } from '../lib/user-error.ts';
import type { Notifier } from '../notifiers/notifier.ts';
import type { Plugins } from './run-replay.ts';
import { terminalText } from './terminal-text.ts';
import { vedetteVersion } from './vedette-version.ts';
import { writePieces } from './write-pieces.ts';

/** A mail server that answers nothing for so long is told to be silent; milliseconds. */
const PATIENCE_MS = 25_000;

interface Options {
  config: string;
  channel?: string;
  to?: string;
}

/** `vedette mail test`: without a server, by the configuration alone. */
export function mailCommand(plugins: Plugins): Command {
  const test = new Command('test')
    .description('send a mail, marked as a test, on the e-mail channels of a configuration')
    .requiredOption('-c, --config <file>', 'the configuration, vedette.yaml')
    .option('--channel <name>', 'only on this channel')
    .option('--to <address>', 'to this address, in place of the configured ones')
    .action((options: Options) => testMail(options, plugins));
  return new Command('mail').description('mails about alerts').addCommand(test);
}

async function testMail({ config: file, channel, to }: Options, plugins: Plugins): Promise<void> {
  const { NOTIFIERS: notifiers } = await import('../notifiers/index.ts');
  const { notifications, server } = await loadConfig(file, { ...plugins, notifiers }, true);
  const plans = notifications.channels.filter(
    ({ name, notifier }) => notifierOf(notifier, notifiers).personal !== undefined && (channel ?? name) === name,
  );
  if (plans.length === 0) {
    const which = channel === undefined ? 'no e-mail channel' : `no e-mail channel "${channel}"`;
    throw new UserError(`${file} has ${which}; describe one under notifications.channels`);
  }
  for (const plan of plans) {
    await testChannel(plan, notifierOf(plan.notifier, notifiers), to, server.publicUrl);
  }
}

async function testChannel(
  { name, settings }: ChannelPlan,
  notifier: Notifier,
  to: string | undefined,
  portalUrl: string | undefined,
): Promise<void> {
  const personal = notifier.personal!;
  const addresses = to === undefined ? personal.addressesIn(settings) : [to];
  if (addresses.length === 0) {
    throw new UserError(`the channel ${name} has no addresses of its own; name one with --to`);
  }
  const used = to === undefined ? settings : personal.settingsFor(settings, to);
  const channel = notifier.open(used, { version: vedetteVersion(), clock: Date.now });
  const notice = testNotice(name, `${userInfo().username} on ${hostname()}`, Date.now(), portalUrl);
  try {
    await channel.deliver([notice], AbortSignal.timeout(PATIENCE_MS));
  } catch (error) {
    throw new UserError(`${name}: not sent: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await channel.close();
  }
  await writePieces(process.stdout, [`${terminalText(`${name}: sent to ${addresses.join(', ')}`)}\n`]);
}

function notifierOf(id: string, notifiers: readonly Notifier[]): Notifier {
  return notifiers.find((notifier) => notifier.id === id)!;
}
