import type { ChannelStatus } from '../delivery/notifications.ts';
import type { Outbox } from '../store/outbox.ts';
import type { OpenChannels } from './open-channels.ts';

const NONE = { waiting: 0, sent: 0, dead: 0, silenced: 0 };

/** The configured channels and whoever else the outbox has messages for: persons, and channels that are no more. */
export async function channelStatuses(plans: OpenChannels['plans'], outbox: Outbox): Promise<ChannelStatus[]> {
  const statuses = new Map<string, ChannelStatus>(
    plans.map(({ name, notifier: kind, title, minimalSeverity, only, except }) => [
      name,
      { name, kind, title, minimalSeverity, only, except, ...NONE },
    ]),
  );
  for (const { channel: name, state, count, oldestDueTime } of await outbox.depths()) {
    const status = statuses.get(name) ?? strangerOf(name);
    status[state] = count;
    if (state === 'waiting') {
      status.waitingSince = oldestDueTime;
    }
    statuses.set(name, status);
  }
  return [...statuses.values()];
}

function strangerOf(name: string): ChannelStatus {
  const [kind, title] = name.startsWith('mailto:') ? ['email', 'Person'] : ['', 'No longer configured'];
  return { name, kind, title, minimalSeverity: 'Informational', only: [], except: [], ...NONE };
}
