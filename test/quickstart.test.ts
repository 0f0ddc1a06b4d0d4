import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../src/model/alert.ts';
import { TACTICS, TECHNIQUES } from '../src/model/attack.ts';
import { addressesOf, evidenceOf, principalsOf } from './evidence-of.ts';
import { parseAlerts, ROOT, runVedette } from './run-vedette.ts';
import { unpackedLog } from './unpacked-log.ts';
import { whyNot } from './why-not.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const CONFIG = join(ROOT, 'examples/quickstart/vedette.yaml');
const REPLAY = ['replay', '-c', CONFIG, '--format', 'json'];

/** An entry of `expected.json`: what must be told, and within which time its first and last event lie. */
interface Expected {
  resource: string;
  alertType: string;
  principal?: string;
  address: string;
  from: string;
  to: string;
}

const expected = JSON.parse(readFileSync(join(ROOT, 'examples/quickstart/expected.json'), 'utf8')) as Expected[];
const names = expected.map((entry) => `${entry.alertType} of ${entry.address}, ${entry.from}`);
let output: string;
let alerts: Alert[];

beforeAll(async () => {
  const { code, stdout, stderr } = await runVedette(REPLAY);
  expect({ code, rejected: /^rejected +(.*)$/m.exec(stderr)?.[1] }).toEqual({ code: 0, rejected: '0' });
  output = stdout;
  alerts = parseAlerts(stdout);
});

describe('the quickstart', () => {
  it.each(names.map((name, i) => [name, expected[i]] as const))('tells %s once', (_, entry) => {
    expect(alerts.filter((alert) => isAbout(alert, entry)).map(timesOf)).toEqual([
      { isFromThen: true, isUntilThen: true },
    ]);

    function timesOf({ properties }: Alert): { isFromThen: boolean; isUntilThen: boolean } {
      const { startTimeUtc, endTimeUtc } = properties;
      return { isFromThen: startTimeUtc >= entry.from, isUntilThen: endTimeUtc <= entry.to };
    }
  });

  it('tells nothing else', () => {
    const others = alerts.filter((alert) => !expected.some((entry) => isAbout(alert, entry)));

    expect(expected.length).toBeGreaterThan(4);
    expect(others.filter(({ properties }) => properties.severity !== 'Informational')).toEqual([]);
  });

  it('sees which of the guessers got in', () => {
    const isSuccessful = (alert: Alert) => alert.properties.alertDisplayName.includes('successful');

    expect(alerts.filter(isSuccessful).flatMap(addressesOf)).toEqual(['45.155.204.10']);
  });

  const machineNode = whichMachineNode();
  const reason = whyNot(machineNode === undefined ? 'no node on the path but the pinned one' : undefined);
  it.skipIf(reason !== undefined)('is the same when the node of the machine starts it', async () => {
    const { stdout } = await runVedette(REPLAY, [machineNode ?? '']);

    expect(stdout).toBe(output);
  });

  it('is printed for people, as the README shows', async () => {
    const { code, stdout } = await runVedette(['replay', '-c', CONFIG]);

    expect(code).toBe(0);
    expect(stdout).toContain(`${alerts.length} alerts: `);
    expect(stdout).toContain(readmeExample());
  });
});

describe('every alert', () => {
  it('tells in one sentence who did what from where', () => {
    for (const { properties } of alerts) {
      expect(properties.description).toMatch(/^\S[^\n]+\.$/);
      expect(properties.description).toContain(properties.compromisedEntity);
    }
  });

  it('shows its address and principals in the sentence and as entities', () => {
    for (const alert of alerts) {
      expect(addressesOf(alert)).toHaveLength(1);
      expect(alert.properties.description).toContain(addressesOf(alert)[0]);
      expect(principalsOf(alert).length).toBeGreaterThan(0);
      expect(principalsOf(alert).some((name) => alert.properties.description.includes(name))).toBe(true);
      expect(new Set(alert.properties.entities.map(({ $id }) => $id)).size).toBe(alert.properties.entities.length);
    }
  });

  it('puts the baseline beside the observation, and the score over its threshold', () => {
    for (const { columns, rows, observed, score, title } of alerts.map(evidenceOf)) {
      expect(title).not.toBe('');
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every((row) => row.length === columns.length)).toBe(true);
      expect(Object.keys(observed).length).toBeGreaterThan(0);
      expect(score.value).toBeGreaterThanOrEqual(score.threshold);
    }
  });

  it('tells causes, and steps filled in with this case, each once', () => {
    for (const alert of alerts) {
      const { extendedProperties, remediationSteps, compromisedEntity } = alert.properties;
      const causes = extendedProperties['Potential causes'].split('\n');
      const steps = [...extendedProperties['Investigation steps'].split('\n'), ...remediationSteps];
      const names = [compromisedEntity, ...addressesOf(alert), ...principalsOf(alert)];

      expect(causes.length).toBeGreaterThan(1);
      expect(remediationSteps.length).toBeGreaterThan(1);
      expect(steps.some((step) => names.some((name) => step.includes(name)))).toBe(true);
      expect(steps).toEqual([...new Set(steps)]);
    }
  });

  it('names an ATT&CK tactic and a technique that serves it', () => {
    for (const { properties } of alerts) {
      const { intent, techniques, subTechniques } = properties;
      const id = subTechniques[0] ?? techniques[0];
      const { tactics } = TECHNIQUES[id as keyof typeof TECHNIQUES];

      expect(techniques).toEqual([id.split('.')[0]]);
      expect(tactics.map((tactic) => TACTICS[tactic].intent)).toContain(intent);
    }
  });
});

describe('raw lines', () => {
  it('lead to the record in the unpacked file', () => {
    const lines = alerts.flatMap((alert) => evidenceOf(alert).rawLines);

    expect(lines.length).toBeGreaterThan(alerts.length);
    for (const { source, byteOffset, text } of lines) {
      const log = unpackedLog(source);
      const first = text.slice(0, text.indexOf(source.includes('.csv') ? ' UTC' : '","'));
      expect(first.length).toBeGreaterThan(20);
      expect(log.toString('utf8', byteOffset, byteOffset + first.length)).toBe(first);
      expect([0x0a, 0x2c, 0x5b, undefined]).toContain(log[byteOffset - 1]);
    }
  });

  it('of connections are what the server wrote, byte for byte', () => {
    const lines = alerts.flatMap((alert) => evidenceOf(alert).rawLines);
    const openings = lines.filter(({ text }) => /"connection (?:received|authenticated|authorized)/.test(text));

    expect(openings.length).toBeGreaterThan(10);
    for (const { source, byteOffset, text } of openings) {
      const bytes = Buffer.from(`${text}\n`);
      expect(unpackedLog(source).toString('utf8', byteOffset, byteOffset + bytes.length)).toBe(`${text}\n`);
    }
  });

  it('belong to the alert: its address, within its time', () => {
    for (const alert of alerts) {
      const { startTimeUtc, endTimeUtc } = alert.properties;
      const [address] = addressesOf(alert);
      const within = (text: string) => {
        const second = /\d{4}-\d\d-\d\d[ T][\d:]{8}/.exec(text)?.[0].replace(' ', 'T') ?? '';
        return second >= startTimeUtc.slice(0, second.length) && second <= endTimeUtc.slice(0, second.length);
      };
      const { rawLines } = evidenceOf(alert);

      expect(rawLines.length).toBeGreaterThan(0);
      expect(rawLines.filter(({ text }) => !text.includes(address) || !within(text))).toEqual([]);
    }
  });
});

/** The alert that the README shows: what stands between fences, in the lines of a table. */
function readmeExample(): string {
  const example = /^```\n((?:│.*\n)+)```$/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1];
  return example ?? 'no alert in the README';
}

function isAbout(alert: Alert, { resource, alertType, principal, address, from, to }: Expected): boolean {
  const { properties } = alert;
  return (
    properties.compromisedEntity === resource &&
    properties.alertType === alertType &&
    addressesOf(alert).includes(address) &&
    (principal === undefined || principalsOf(alert).includes(principal)) &&
    properties.startTimeUtc <= to &&
    properties.endTimeUtc >= from
  );
}

/** The first `node` on the path that is not a dependency of this project: the one that a user types. */
function whichMachineNode(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return folders.map((folder) => join(folder, 'node')).find((path) => existsSync(path));
}
