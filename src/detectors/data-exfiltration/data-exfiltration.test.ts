import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import { at, brazil, dataAccess, day, type Happening, office, replay, replayOnce } from '../testkit.ts';
import { dataExfiltration } from './data-exfiltration.ts';

const MB = 1_000_000;
const MINUTE = 60_000;

/** One request an hour of so many bytes, from eight to sixteen on each day. */
function workdays(days: number, responseBytes: number, what: Partial<Happening> = {}): Happening[] {
  return Array.from({ length: days * 8 }, (_, n) =>
    dataAccess({ ...what, responseBytes, time: at(Math.floor(n / 8), 8 + (n % 8)) }),
  );
}

/** Ten days of about 4 MB an hour: past the learning period. */
const settled = workdays(10, 4 * MB);

function found(history: readonly Happening[], settings: object = {}) {
  return replay(dataExfiltration, history, settings).map(({ finding }) => finding.observed['Bytes read in the hour']);
}

describe('fires', () => {
  it('on a large volume at night, and tells how it differs from normal', () => {
    const night = Array.from({ length: 30 }, (_, n) =>
      dataAccess({ time: at(10, 2) + (n + 5) * MINUTE, responseBytes: MB }),
    );
    const [{ finding, count, startTime, endTime }, ...more] = replay(dataExfiltration, [...settled, ...night]);

    expect({ count, startTime, endTime, more }).toEqual({
      count: 30,
      startTime: at(10, 2) + 5 * MINUTE,
      endTime: at(10, 2) + 34 * MINUTE,
      more: [],
    });
    expect(finding).toMatchObject({
      alertType: 'CosmosDB_DataExfiltrationAnomaly',
      variant: 'volume',
      severity: 'Medium',
      summary:
        'PrimaryMasterKey read 30.0 MB from catalog in the hour from 2026-01-15 02:00 UTC, last from 198.51.100.7 (Germany, AS3320 Deutsche Telekom AG): it is not active at this hour; of its 80 active hours since 2026-01-05 the largest brought 4.2 MB, a usual one 4.2 MB.',
      attack: { tactic: 'TA0009', technique: 'T1213.006' },
      entities: { principal: 'PrimaryMasterKey', address: office, database: 'shop' },
      score: { value: 30 * MB, unit: 'bytes read in an hour' },
      observed: { 'Bytes read in the hour': '30.0 MB', Requests: '30', 'Active hours watched': '80' },
    });
    expect(finding.baseline.rows.map(([name]) => name)).toContain('Largest in 60 days');
  });

  it('as soon as the volume is reached, and shows the requests that passed it and doubled it', () => {
    const night = Array.from({ length: 60 }, (_, n) =>
      dataAccess({ time: at(10, 10) + n * MINUTE, responseBytes: MB, address: n < 20 ? office : brazil }),
    );
    const [{ finding, openedTime }] = replay(dataExfiltration, [...settled, ...night]);
    const first = settled.length;

    expect(openedTime).toBe(at(10, 10) + 12 * MINUTE);
    expect(finding.rawLines.map(({ byteOffset }) => byteOffset)).toEqual([first + 12, first + 26, first + 54]);
    expect(finding.entities.address).toBe(brazil);
    expect(finding).toMatchObject({ confidence: 'high', observed: { Requests: '60' } });
  });

  it.each([
    ['medium', 12.7 * MB, 12.4 * MB],
    ['low', 25.3 * MB, 24.8 * MB],
    ['high', 10.1 * MB, 9.9 * MB],
  ])('at sensitivity %s on %d bytes, and not on %d', (sensitivity, above, below) => {
    const hour = (responseBytes: number) => [...settled, dataAccess({ time: at(10, 10), responseBytes })];

    expect(found(hour(above), { sensitivity })).toHaveLength(1);
    expect(found(hour(below), { sensitivity })).toEqual([]);
  });

  it('from the ratio and the floor that are set', () => {
    const hour = [...settled, dataAccess({ time: at(10, 10), responseBytes: 21.2 * MB })];

    expect(found(hour, { largestHourRatio: 5 })).toHaveLength(1);
    expect(found(hour, { largestHourRatio: 5.1 })).toEqual([]);
    expect(found(hour, { floorMegabytes: 21 })).toHaveLength(1);
    expect(found(hour, { floorMegabytes: 22 })).toEqual([]);
  });

  it('again an hour later, in the same alert, for what was reported teaches nothing', () => {
    const hours = [2, 3, 4].map((hour) => dataAccess({ time: at(10, hour), responseBytes: 30 * MB }));
    const [{ count, endTime }, ...more] = replay(dataExfiltration, [...settled, ...hours]);

    expect({ count, endTime, more }).toEqual({ count: 3, endTime: at(10, 4), more: [] });
    expect(found([...settled, ...hours, dataAccess({ time: at(12, 2), responseBytes: 30 * MB })])).toHaveLength(2);
  });

  it('when an hour so large is forgotten after 60 days', () => {
    const bulk = dataAccess({ time: at(5, 20), responseBytes: 100 * MB });
    const history = [...settled, bulk].sort((a, b) => a.time - b.time);
    const again = (n: number) => dataAccess({ time: at(n, 20), responseBytes: 100 * MB });

    expect(found([...history, again(5 + 59)])).toEqual([]);
    expect(found([...history, again(5 + 62)])).toHaveLength(1);
  });

  it('for each principal by its own habits', () => {
    const other = workdays(10, 100 * MB, { principal: 'export' });
    const history = [...settled, ...other].sort((a, b) => a.time - b.time);
    const read = (principal: string) => dataAccess({ time: at(10, 2), responseBytes: 100 * MB, principal });

    expect(found([...history, read('export'), read('PrimaryMasterKey')])).toEqual(['100 MB']);
  });

  it('and counts late requests to the hour that runs', () => {
    const night = [
      dataAccess({ time: at(10, 2), responseBytes: 20 * MB }),
      dataAccess({ time: at(10, 1), responseBytes: 5 * MB, isLate: true }),
    ];
    const [{ count, startTime, finding }] = replay(dataExfiltration, [...settled, ...night]);

    expect({ count, startTime }).toEqual({ count: 2, startTime: at(10, 2) });
    expect(finding.observed['Bytes read in the hour']).toBe('25.0 MB');
  });

  it('on a principal that did nothing for two weeks but once', () => {
    const history = [dataAccess({ time: day(0) }), dataAccess({ time: at(14, 1), responseBytes: 20 * MB })];

    expect(replay(dataExfiltration, history)[0]?.finding.summary).toContain(
      'of its 1 active hour since 2026-01-05 the largest brought 1 kB, a usual one 1 kB.',
    );
  });

  it('on a principal whose address is not told', () => {
    const history = [
      ...settled,
      dataAccess({ time: at(10, 2), responseBytes: 30 * MB, address: { address: '[local]' } }),
    ];
    const [{ finding }] = replay(dataExfiltration, history);

    expect(finding.summary).toContain('in the hour from 2026-01-15 02:00 UTC: it is not active at this hour; of its');
    expect(finding.entities.address).toBeUndefined();
    expect(JSON.stringify(finding.guidance)).not.toContain('ClientIpAddress');
  });
});

describe('stays quiet', () => {
  it.each([
    [
      'below the floor, however unusual',
      [...workdays(10, 1000), dataAccess({ time: at(10, 2), responseBytes: 9.9 * MB })],
    ],
    ['for a usual hour', [...settled, dataAccess({ time: at(10, 10), responseBytes: 12 * MB })]],
    [
      'for less than its largest hour, at an unusual time',
      [...workdays(10, 20 * MB), dataAccess({ time: at(10, 2), responseBytes: 20 * MB })],
    ],
    ['for a week', [...workdays(6, MB), dataAccess({ time: at(6, 23), responseBytes: 500 * MB })]],
    [
      'until ten active hours are known',
      [
        ...Array.from({ length: 9 }, (_, n) => dataAccess({ time: at(n, 8) })),
        dataAccess({ time: at(10, 2), responseBytes: 500 * MB }),
      ],
    ],
    [
      'for a backup that grows',
      Array.from({ length: 60 }, (_, n) => dataAccess({ time: at(n, 1), responseBytes: 20 * MB * 1.05 ** n })),
    ],
    [
      'for many requests that bring little',
      [...settled, ...Array.from({ length: 900 }, (_, n) => dataAccess({ time: at(10, 2) + 4000 * n }))],
    ],
    [
      'for what was refused',
      [...settled, dataAccess({ time: at(10, 2), responseBytes: 500 * MB, class: ActivityClass.dataAccessDenied })],
    ],
    [
      'when nobody is named',
      [
        ...workdays(10, 1000, { principal: '' }),
        dataAccess({ time: at(10, 2), responseBytes: 500 * MB, principal: '' }),
      ],
    ],
  ])('%s', (_, history) => {
    expect(found(history)).toEqual([]);
  });
});

it('tells the whole hour of a principal that is forgotten for others', () => {
  const hour = [20, 5].map((megabytes, n) => dataAccess({ time: at(10, 2) + n, responseBytes: megabytes * MB }));
  const others = Array.from({ length: 16_384 }, (_, n) => dataAccess({ time: at(10, 3), principal: `other ${n}` }));

  expect(replayOnce(dataExfiltration, [...settled, ...hour, ...others])[0]).toMatchObject({ count: 2 });
});

it('gives commands that fit the principal', () => {
  const principal = "o'hara \u202e$(id)";
  const [{ finding }] = replay(dataExfiltration, [
    ...workdays(10, MB, { principal }),
    dataAccess({ time: at(10, 2), responseBytes: 30 * MB, principal }),
  ]);
  const text = JSON.stringify(finding.guidance);

  expect(text).toContain('az cosmosdb sql role assignment list --account-name catalog --resource-group shop');
  expect(text).not.toContain('\u202e');
});
