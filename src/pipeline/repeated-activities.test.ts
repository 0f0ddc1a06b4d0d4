import { expect, it } from 'vitest';
import { z } from 'zod';
import { orders } from '../alerts/testkit.ts';
import { defineDetector } from '../detectors/detector.ts';
import { createEnrichment, loadAddressData } from '../enrichers/enrichment.ts';
import { ActivityClass } from '../model/activity.ts';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import { disconnection, statement } from '../sessions/testkit.ts';
import { replayResource } from './replay-resource.ts';
import { temporaryFiles } from './testkit.ts';

const HOUR_S = 3600;
const enrichment = createEnrichment(await loadAddressData({ networks: [], geo: [], asn: [], cloudRanges: [] }));

/** Which of the statements of a log are called repeated. @param isUnsettled what a detector says of each */
async function repeatedOf(log: readonly string[], isUnsettled = false, passesOver = 0): Promise<boolean[]> {
  const seen: boolean[] = [];
  const witness = defineDetector({
    id: 'witness',
    title: 'Witness',
    attack: [],
    watches: ActivityClass.statement,
    passesOver,
    settings: z.object({}),
    createState: () => ({}),
    evaluate({ isRepeated }, _state, _settings, report) {
      seen.push(isRepeated === true);
      if (isUnsettled) {
        report.unsettled();
      }
    },
    hold() {},
  });
  const sources = [{ format: 'csvlog', files: temporaryFiles({ '0.csv': log.join('') }) }];
  const plan = { resource: orders, sources, settings: { witness: {} } };
  const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  await replayResource(plan, range, { parsers: [csvlog], detectors: [witness] }, enrichment, () => {});
  return seen;
}

const own = (line: Parameters<typeof statement>[0] = {}) => statement({ application: 'shop', ...line });

it('are statements that the principal sent with the application in the same hour', async () => {
  expect(await repeatedOf([own(), own({ second: 1 }), own({ second: 2, session: '6afbb86d.2' })])).toEqual([
    false,
    true,
    true,
  ]);
});

it('are statements whatever their duration', async () => {
  const log = ['0.1', '17.25'].map((ms, second) => own({ second, message: `duration: ${ms} ms  statement: SELECT 1` }));
  expect(await repeatedOf(log)).toEqual([false, true]);
});

it.each([
  { what: 'of another principal', line: { session: '6afbb86d.2', user: 'bob' } },
  { what: 'of a session that calls itself another application', line: { application: 'psql' } },
  { what: 'with another literal', line: { message: "statement: SELECT 'other'" } },
  { what: 'of another hour', line: { second: HOUR_S } },
])('are none $what', async ({ line }) => {
  expect(await repeatedOf([own(), own({ second: 1, ...line })])).toEqual([false, false]);
});

it('are none of another principal in a later session of the same name, as process numbers come again', async () => {
  expect(await repeatedOf([own(), disconnection({ second: 1 }), own({ second: 2, user: 'bob' })])).toEqual([
    false,
    false,
  ]);
});

it('are none of which a detector says that they may tell more', async () => {
  expect(await repeatedOf([own(), own({ second: 1 }), own({ second: 2 })], true)).toEqual([false, false, false]);
});

it('are not shown to who passes over them', async () => {
  expect(await repeatedOf([own(), own({ second: 1 })], false, ActivityClass.statement)).toEqual([false]);
});
