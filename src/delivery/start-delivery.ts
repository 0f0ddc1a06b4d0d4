import type { Channel } from '../notifiers/notifier.ts';
import { deliverChannel } from './deliver-channel.ts';
import type { DeliveryPorts } from './delivery-ports.ts';
import { isGone } from './is-gone.ts';

/** How often the outbox is looked at when nothing tells that there is news; milliseconds. */
const LOOK_EVERY_MS = 1000;
/** What was told longer ago makes no difference to any pace; milliseconds. */
const RECALLED_MS = 3_600_000;
const MOST_RECALLED = 2000;

export interface Delivery {
  /** What is on its way arrives; then each channel is opened anew. */
  reopen(): void;
  /** Lets what is on its way arrive, then closes every channel. */
  stop(): Promise<void>;
}

interface Line {
  channel: Channel;
  failures: number;
  pauseUntil: number;
  /** Whether the channel was told what it did before a restart. */
  hasRecalled: boolean;
  /** Settles when nothing is on its way; absent: nothing is. */
  busy: Promise<void> | undefined;
}

/**
 * Tells what stands in the outbox, every channel at its own pace: one that is down holds up no other, and none of them
 * detection.
 *
 * @param open opens a channel by its name; undefined where the configuration no longer knows it
 */
export function startDelivery(open: (id: string) => Channel | undefined, ports: DeliveryPorts): Delivery {
  const lines = new Map<string, Line>();
  const unmarked = new Set<string>();
  let isStopped = false;
  let isLooking = false;

  function lineOf(id: string): Line | undefined {
    const known = lines.get(id);
    if (known !== undefined) {
      return known;
    }
    const channel = open(id);
    const line = channel && { channel, failures: 0, pauseUntil: 0, hasRecalled: false, busy: undefined };
    if (line !== undefined) {
      lines.set(id, line);
    }
    return line;
  }

  async function run(id: string, line: Line): Promise<void> {
    try {
      if (!line.hasRecalled && line.channel.recall !== undefined) {
        line.channel.recall(await sentLately(id, ports));
      }
      line.hasRecalled = true;
      const { pauseUntil, failures } = await deliverChannel(id, line.channel, { ...ports, unmarked }, line.failures);
      line.pauseUntil = pauseUntil;
      line.failures = failures;
    } catch (error) {
      ports.log.warn({ channel: id, error: String(error) }, 'the outbox does not answer');
    }
    line.busy = undefined;
    void look(); // there may be more, such as the next version of an alert
  }

  async function look(): Promise<void> {
    if (isStopped || isLooking) {
      return;
    }
    isLooking = true;
    const depths = await ports.outbox.depths().catch(() => []); // the store says so itself when it is away
    for (const { channel: id, state, oldestDueTime } of depths) {
      if (state !== 'waiting' || oldestDueTime > ports.clock() || isStopped) {
        continue;
      }
      const line = lineOf(id);
      if (line !== undefined && line.busy === undefined && line.pauseUntil <= ports.clock()) {
        line.busy = run(id, line);
      }
    }
    isLooking = false;
  }

  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  const unwatch = ports.alerts.watch(() => void look());
  const released = releaseLeft(ports).then(look);
  return {
    reopen() {
      for (const { busy, channel } of lines.values()) {
        void Promise.resolve(busy).then(() => channel.close());
      }
      lines.clear();
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      unwatch();
      await released;
      await Promise.all([...lines.values()].flatMap(({ busy }) => busy ?? []));
      await Promise.all([...lines.values()].map(({ channel }) => channel.close()));
    },
  };
}

/** What a server that was killed had in hand is told at once, not when its lease is over. */
async function releaseLeft({ outbox, owner, clock, log }: DeliveryPorts): Promise<void> {
  try {
    const gone = (await outbox.holders(clock())).filter((sender) => isGone(sender, owner));
    await Promise.all(gone.map((sender) => outbox.release(sender)));
  } catch (error) {
    log.warn({ error: String(error) }, 'the outbox does not answer');
  }
}

async function sentLately(channel: string, { outbox, clock }: DeliveryPorts): Promise<number[]> {
  const { items } = await outbox.list({ channel, states: ['sent'] }, { limit: MOST_RECALLED });
  return items.flatMap(({ sentTime = 0 }) => (sentTime > clock() - RECALLED_MS ? sentTime : []));
}
