/**
 * Measures how alerts are told: `node bench/notifications/notifications.ts [--events 100] [--burst 1000]
 * [--outage-minutes 10]`; 0 leaves a part out. Prints as markdown: how long after its line was written an alert is in
 * the hands of a mail server, what a burst does to one recipient, and what arrives after an outage and two kills.
 */
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { appendListedLogins, listedUser } from './listed-logins.ts';
import { startHookReceiver, startMailReceiver } from './receivers.ts';
import { end, servedFolder, until } from './served.ts';

const MINUTE_MS = 60_000;
/** Mails that one recipient gets one by one before a storm mail comes. */
const SINGLES = 5;
/** Number of the event after which everything is at work. */
const WARM_UP = 90_000;
/** Between two events at low load. */
const GAP_MS = 1000;

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100' },
    burst: { type: 'string', default: '1000' },
    'outage-minutes': { type: 'string', default: '10' },
  },
});

console.log(`- ${availableParallelism()} processors, ${loadavg()[0]!.toFixed(1)} processes wanted them at the start`);
if (Number(values.events) > 0) {
  await latency(Number(values.events));
}
if (Number(values.burst) > 0) {
  await burst(Number(values.burst));
}
if (Number(values['outage-minutes']) > 0) {
  await outage(Number(values['outage-minutes']) * MINUTE_MS);
}

/** As many recipients as get each event in a mail of its own. */
async function latency(events: number): Promise<void> {
  const receiver = await startMailReceiver();
  const resources = Array.from({ length: Math.ceil((events + 1) / (SINGLES - 1)) }, (_, n) => `db-${n}`);
  const channels = Object.fromEntries(
    resources.map((name) => [name, { only: [{ resources: [name] }], email: mailTo(receiver.port, name) }]),
  );
  const served = servedFolder(resources, channels);
  const server = await served.start();
  const written = new Map<string, number>();
  appendListedLogins(served.log('db-0'), Date.now(), [WARM_UP]);
  await until(() => receiver.mails.length > 0, MINUTE_MS, 'the first mail came');
  receiver.mails.length = 0;
  for (let n = 0; n < events; n++) {
    await pause(GAP_MS);
    written.set(listedUser(n), Date.now());
    appendListedLogins(served.log(resources[n % resources.length]!), Date.now(), [n]);
  }
  await until(() => receiver.mails.length >= events, MINUTE_MS, `${receiver.mails.length} of ${events} mails came`);
  const delays = receiver.mails
    .map(({ time, mail }) => time - (written.get(/listed_\d{5}/.exec(mail)?.[0] ?? '') ?? Number.NaN))
    .toSorted((a, b) => a - b);
  const part = (share: number) => delays[Math.min(delays.length - 1, Math.floor(share * delays.length))];
  console.log(
    `- line written to SMTP DATA, ${events} alerts on ${resources.length} databases, one every ${GAP_MS} ms: p50 ${part(0.5)} ms, p99 ${part(0.99)} ms, longest ${delays.at(-1)} ms`,
  );
  await end(server, 'SIGTERM');
  await receiver.close();
  served.remove();
}

async function burst(alerts: number): Promise<void> {
  const [mail, hook] = [await startMailReceiver(), await startHookReceiver()];
  const served = servedFolder(['orders'], { desk: { email: mailTo(mail.port, 'desk') }, hook: hookAt(hook.port) });
  const server = await served.start();
  const begun = Date.now();
  appendListedLogins(served.log('orders'), begun, rangeOf(0, alerts));
  await until(() => served.alerts().length >= alerts, 5 * MINUTE_MS, `${served.alerts().length} alerts are there`);
  const stored = Date.now() - begun;
  await until(() => namesAt(hook).size >= served.alerts().length, 10 * MINUTE_MS, `${hook.notices.size} webhooks came`);
  const told = Date.now() - begun;
  await pause(3000); // whether more mails come
  const lost = served.alerts().filter((name) => !namesAt(hook).has(name)).length;
  console.log(
    `- burst of ${served.alerts().length} High alerts: stored after ${stored} ms; webhook: all ${namesAt(hook).size} after ${told} ms, ${lost} lost; one recipient of mails got ${mail.mails.length}`,
  );
  await end(server, 'SIGTERM');
  await Promise.all([mail.close(), hook.leave()]);
  served.remove();
}

/** The receiver is away; the server is killed then, and again while it catches up. */
async function outage(awayMs: number): Promise<void> {
  const hook = await startHookReceiver();
  await hook.leave();
  const served = servedFolder(['orders'], { hook: hookAt(hook.port) });
  let server = await served.start();
  const begun = Date.now();
  for (let wave = 0; wave < 10; wave++) {
    appendListedLogins(served.log('orders'), Date.now(), rangeOf(20 * wave, 20));
    await pause(awayMs / 10);
    if (wave === 4) {
      await end(server, 'SIGKILL');
      server = await served.start();
    }
  }
  hook.delayMs = 10;
  await hook.come();
  const back = Date.now();
  await until(() => hook.notices.size >= 50, 15 * MINUTE_MS, 'the first webhooks came');
  await end(server, 'SIGKILL');
  server = await served.start();
  await until(() => namesAt(hook).size >= 200, 15 * MINUTE_MS, `${hook.notices.size} webhooks came`);
  const lost = served.alerts().filter((name) => !namesAt(hook).has(name)).length;
  const repeated = [...hook.notices.values()].filter(({ times }) => times > 1).length;
  console.log(
    `- receiver away for ${seconds(back - begun)} s, server killed twice: ${served.alerts().length} alerts, ${lost} lost, ${repeated} came twice under the same id; all there ${seconds(Date.now() - back)} s after the receiver was back`,
  );
  await end(server, 'SIGTERM');
  await hook.leave();
  served.remove();
}

function mailTo(port: number, name: string): object {
  return { host: '127.0.0.1', port, security: 'none', from: 'vedette@example.com', to: [`${name}@example.com`] };
}

function hookAt(port: number): object {
  return { webhook: { url: `http://127.0.0.1:${port}/`, secret: '${env:HOOK_SECRET}' } };
}

function namesAt({ notices }: Awaited<ReturnType<typeof startHookReceiver>>): Set<string> {
  return new Set([...notices.values()].map(({ alert }) => alert));
}

function rangeOf(start: number, count: number): number[] {
  return Array.from({ length: count }, (_, n) => start + n);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(0);
}
