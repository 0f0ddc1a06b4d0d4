import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { orders } from '../alerts/testkit.ts';
import { type Detector, defineDetector } from '../detectors/detector.ts';
import { createEnrichment, type Enrichment, loadAddressData } from '../enrichers/enrichment.ts';
import { type Activity, ActivityClass, type ActivityClassName } from '../model/activity.ts';
import { azure } from '../parsers/azure/azure.ts';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import { authenticated, authorized, csv, disconnection, failure, received, statement } from '../sessions/testkit.ts';
import { replayResource } from './replay-resource.ts';
import { temporaryFiles } from './testkit.ts';

const CLASS_NAMES = Object.keys(ActivityClass) as ActivityClassName[];
const ALL = 255;
let enrichment: Enrichment;
beforeAll(async () => {
  enrichment = createEnrichment(await loadAddressData({ networks: [], geo: [], asn: [], cloudRanges: [] }));
});

/** What a detector is shown, in words. */
interface Seen {
  class: string;
  principal: string;
  address: string;
  application: string;
  lines: string[];
  offsets: number[];
}

function witness(seen: Seen[], watches = ALL, onEvaluate: (activity: Activity) => void = () => {}): Detector {
  return defineDetector({
    id: 'witness',
    title: 'Witness',
    attack: [],
    watches,
    settings: z.object({}),
    createState: () => ({}),
    evaluate(activity) {
      const lines = activity.keep().map((record) => record.show());
      seen.push({
        class: CLASS_NAMES.find((name) => ActivityClass[name] === activity.class) ?? '',
        principal: activity.directory.principal(activity.principal),
        address: activity.directory.address(activity.address).address,
        application: activity.directory.application(activity.application),
        lines: lines.map(({ text }) => text),
        offsets: lines.map(({ byteOffset }) => byteOffset),
      });
      onEvaluate(activity);
    },
    hold() {},
  });
}

/** Replays logs that lie in files of their own; each is a source. */
async function judge(logs: readonly string[], detectors: readonly Detector[], format = 'csvlog') {
  const files = temporaryFiles(Object.fromEntries(logs.map((log, i) => [`${i}.log`, log])));
  const sources = files.map((file) => ({ format, files: [file] }));
  const plan = { resource: orders, sources, settings: Object.fromEntries(detectors.map(({ id }) => [id, {}])) };
  const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const plugins = { parsers: [csvlog, azure], detectors };
  return replayResource(plan, range, plugins, enrichment, () => {});
}

async function watch(...log: string[]) {
  const seen: Seen[] = [];
  const { counts } = await judge([log.join('')], [witness(seen)]);
  return { seen, counts };
}

const briefly = (seen: readonly Seen[]) => seen.map((one) => `${one.class} ${one.principal} ${one.address}`);

describe('a session', () => {
  it('is shown from its opening to its end', async () => {
    const { seen, counts } = await watch(received(), authenticated(), authorized(), statement(), disconnection());

    expect(briefly(seen)).toEqual([
      'connection  10.0.0.5',
      'authentication alice 10.0.0.5',
      'statement alice 10.0.0.5',
      'disconnection alice 10.0.0.5',
    ]);
    expect(counts).toMatchObject({
      records: 5,
      skipped: 0,
      activities: {
        connection: 1,
        credentialAccepted: 1,
        authentication: 1,
        statement: 1,
        disconnection: 1,
        authenticationFailure: 0,
      },
    });
  });

  it('shows, with each activity, the lines that opened it', async () => {
    const log = [received(), authenticated(), authorized(), statement()];
    const { seen } = await watch(...log);
    const offsets = log.map((_, i) => log.slice(0, i).join('').length);

    expect(seen[1].offsets).toEqual(offsets.slice(0, 3));
    expect(seen[1].lines.map((line) => `${line}\n`)).toEqual(log.slice(0, 3));
    expect(seen[1].application).toBe('psql');
    expect(seen[2].offsets).toEqual(offsets);
    expect(seen[2].lines[3]).not.toContain('secret');
  });

  it('does so long after they left memory', async () => {
    const noise = Array.from({ length: 3000 }, (_, n) =>
      statement({ session: `6afbb86d.${(n % 50) + 100}`, user: 'bob' }),
    );
    const log = [received(), authenticated(), authorized(), ...noise, statement()];
    expect(log.join('').length).toBeGreaterThan(400_000);
    const { seen } = await watch(...log);

    expect(
      seen
        .at(-1)
        ?.lines.slice(0, 3)
        .map((line) => `${line}\n`),
    ).toEqual(log.slice(0, 3));
  });

  it('ends with a failure, which is about the address that connected', async () => {
    const { seen } = await watch(received({ address: '192.0.2.1' }), failure({ address: '192.0.2.1' }), statement());

    expect(briefly(seen)).toEqual([
      'connection  192.0.2.1',
      'authenticationFailure alice 192.0.2.1',
      'authentication alice 10.0.0.5',
      'statement alice 10.0.0.5',
    ]);
  });

  it('is believed when it is first met in its middle: it must have been authenticated, once', async () => {
    const { seen, counts } = await watch(statement(), statement(), disconnection());

    expect(briefly(seen)).toEqual([
      'authentication alice 10.0.0.5',
      'statement alice 10.0.0.5',
      'statement alice 10.0.0.5',
      'disconnection alice 10.0.0.5',
    ]);
    expect(counts.activities).toMatchObject({ authentication: 0, statement: 2, disconnection: 1 });
  });

  it.each([
    ['a statement that fails', csv({ user: 'alice', severity: 'ERROR', state: '42P01', message: 'no such table' })],
    ['its end', disconnection()],
  ])('is so also when first met with %s', async (_, line) => {
    const { seen } = await watch(line);

    expect(briefly(seen)[0]).toBe('authentication alice 10.0.0.5');
    expect(seen).toHaveLength(2);
  });

  it('is another when its name comes again', async () => {
    const { seen } = await watch(
      received(),
      authorized(),
      received({ address: '192.0.2.1' }),
      failure({ user: 'bob' }),
    );

    expect(briefly(seen).at(-1)).toBe('authenticationFailure bob 192.0.2.1');
  });

  it('keeps the principal that was authenticated, whatever a later line says', async () => {
    const { seen } = await watch(received(), authorized(), statement({ user: 'postgres', address: '192.0.2.99' }));

    expect(briefly(seen).at(-1)).toBe('statement alice 10.0.0.5');
  });

  it('has no address on a Unix socket', async () => {
    const { seen } = await watch(authorized({ address: '[local]' }));

    expect(briefly(seen)).toEqual(['authentication alice [local]']);
  });

  it('may have a name that tries to be more', async () => {
    const user = 'eve"\n2026-01-05 08:00:00.000 UTC,"root"';
    const { seen, counts } = await watch(received(), failure({ user }));

    expect(seen.at(-1)).toMatchObject({ principal: user });
    expect(counts.rejected).toEqual({});
  });
});

describe('a document store', () => {
  it('has a principal and an address in each record', async () => {
    const record = {
      time: '2026-01-05T08:00:00.0000000Z',
      category: 'DataPlaneRequests',
      properties: {
        keyType: 'PrimaryMasterKey',
        clientIpAddress: '192.0.2.1',
        statusCode: '200',
        responseLength: '12',
      },
    };
    const seen: Seen[] = [];
    const { counts } = await judge([`${JSON.stringify(record)}\n`], [witness(seen)], 'azure');

    expect(briefly(seen)).toEqual(['dataAccess PrimaryMasterKey 192.0.2.1']);
    expect(counts.activities.dataAccess).toBe(1);
  });
});

describe('detectors', () => {
  it('see the classes that they watch', async () => {
    const seen: Seen[] = [];
    const log = [received(), authorized(), statement(), disconnection()].join('');
    await judge([log], [witness(seen, ActivityClass.statement | ActivityClass.disconnection)]);

    expect(seen.map((one) => one.class)).toEqual(['statement', 'disconnection']);
  });

  it('see several sources in the order of time', async () => {
    const seen: Seen[] = [];
    const even = [0, 2, 4].map((second) => statement({ second, session: '6afbb86d.2', user: `even${second}` }));
    const odd = [1, 3, 5].map((second) => statement({ second, session: '6afbb86d.2', user: `odd${second}` }));
    await judge([even.join(''), odd.join('')], [witness(seen, ActivityClass.statement)]);

    expect(seen.map((one) => one.principal)).toEqual(['even0', 'odd1', 'even0', 'odd1', 'even0', 'odd1']);
  });

  it('that fail are told of, and the others go on', async () => {
    const seen: Seen[] = [];
    const broken = witness([], ALL, () => {
      throw new Error('out of order');
    });
    const log = [received(), authorized(), statement()].join('');
    const { counts } = await judge([log], [{ ...broken, id: 'broken' }, witness(seen)]);

    expect(seen).toHaveLength(3);
    expect(counts.notes).toEqual(['Orders: detector broken failed: out of order (3 times); please report this']);
  });

  it('are shown the beginning of a very long record', async () => {
    const { seen } = await watch(
      received(),
      authorized(),
      statement({ message: `statement: SELECT ${'a,'.repeat(9000)}b` }),
    );
    const [line] = seen.at(-1)?.lines.slice(-1) ?? [];

    expect(line.length).toBeLessThan(4100);
    expect(line.endsWith('…')).toBe(true);
  });
});
