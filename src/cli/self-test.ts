import { appendFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { UserError } from '../lib/user-error.ts';
import { apiClient } from './api-client.ts';
import { type CommandOptions, serverCommand } from './server-command.ts';
import { terminalText } from './terminal-text.ts';
import { writePieces } from './write-pieces.ts';

const ASK_MS = 200;
const SECOND_MS = 1000;

type Options = CommandOptions & { timeout: string };

interface Begun {
  mark: string;
  waitingTime: string;
  way: 'file' | 'push' | 'syslog' | 'by-hand';
  place?: string;
  writtenTime?: string;
  problem?: string;
  record?: string;
}

interface Outcome {
  alertName?: string;
  judgedTime?: string;
  channels: { channel: string; state: string; why?: string }[];
}

/** `vedette selftest`. */
export function selfTestCommand(): Command {
  return serverCommand(
    'selftest',
    'write a harmless, marked record into the log of a resource and follow it to the alert',
  )
    .argument('<resource>', 'name or id of the resource')
    .option('--timeout <seconds>', 'how long the record is waited for', '60')
    .action(runSelfTest);
}

async function runSelfTest(resource: string, options: Options): Promise<void> {
  const ask = apiClient(options);
  const path = `/api/v1/resources/${encodeURIComponent(resource)}/self-tests`;
  const begun = await ask<Begun>('POST', path);
  await tell(begun.waitingTime, `the server waits for a failed login of ${begun.mark}`);
  const start = Date.parse((await write(begun)) ?? begun.waitingTime);
  const outcome = await waitFor(() => ask<Outcome>('GET', `${path}/${begun.mark}`), options);
  await tell(outcome.judgedTime!, `judged, ${seconds(Date.parse(outcome.judgedTime!) - start)} after it was written`);
  await tell(new Date().toISOString(), `stored as the alert ${outcome.alertName} (resolved, taught to nothing)`);
  const now = new Date().toISOString();
  for (const { channel, state, why } of outcome.channels) {
    await tell(now, `queued for ${channel}, not sent: ${why ?? state}`);
  }
  if (outcome.channels.length === 0) {
    await tell(now, 'nobody would be told of an alert of this resource: no channel takes it');
  }
}

/** What the server may not write is written by whoever asks. Gives when; undefined: somebody else will. */
async function write({ way, place, record, writtenTime, problem, mark }: Begun): Promise<string | undefined> {
  if (way === 'by-hand') {
    await tell(undefined, `try to log in to the database as ${mark} now, such as with psql -U ${mark}`);
    return undefined;
  }
  if (writtenTime !== undefined) {
    await tell(writtenTime, `written to ${place}`);
    return writtenTime;
  }
  try {
    await appendFile(place!, record!, { flag: 'a' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UserError(
      `neither the server (${problem}) nor you (${code}) may write to ${place}; run this on the machine of the server as who writes that log`,
    );
  }
  const now = new Date().toISOString();
  await tell(now, `written to ${place} (by you: the server may only read it)`);
  return now;
}

async function waitFor(look: () => Promise<Outcome>, { timeout }: Options): Promise<Outcome> {
  const limit = Number(timeout);
  if (!(limit > 0)) {
    throw new UserError(`--timeout "${timeout}" is no number of seconds`);
  }
  for (const end = Date.now() + SECOND_MS * limit; Date.now() < end; await pause(ASK_MS)) {
    const outcome = await look();
    if (outcome.alertName !== undefined) {
      return outcome;
    }
  }
  throw new UserError(
    `nothing came within ${timeout} seconds; what the log's health tells is at /api/v1/health, or under Health in the portal`,
  );
}

function seconds(ms: number): string {
  return `${(Math.max(0, ms) / SECOND_MS).toFixed(1)} s`;
}

async function tell(time: string | undefined, text: string): Promise<void> {
  await writePieces(process.stdout, [`${time ?? new Date().toISOString()}  ${terminalText(text)}\n`]);
}
