import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import {
  at,
  brazil,
  dataAccess,
  type Happening,
  home,
  namedAddress,
  office,
  privateAddress,
  replay,
  replayOnce,
  vietnam,
} from '../testkit.ts';
import { keyExtraction } from './key-extraction.ts';
import { found, keyOperation, LIST, ordinary, REGENERATE } from './testkit.ts';

/** In the second and third week three colleagues have begun to list keys from the office, too. */
const grown = [
  ...ordinary(24),
  ...[12, 14, 16].map((n) => keyOperation({ time: at(n, 12), principal: `colleague${n}` })),
].sort((a, b) => a.time - b.time);

it.each([
  ['fires on a stranger from abroad', brazil, ['unfamiliar caller Medium']],
  ['stays quiet on one more colleague from the office', office, []],
])('where callers join now and then, %s', (_, address, told) => {
  const history = [...grown, keyOperation({ time: at(26, 12), principal: 'x', address })];

  expect(
    replay(keyExtraction, history)
      .filter(({ finding }) => finding.entities.principal === 'x')
      .map(({ finding: { variant, severity } }) => `${variant} ${severity}`),
  ).toEqual(told);
});

describe('fires', () => {
  it('on a caller who never listed keys, and tells who does', () => {
    const [{ finding }] = replay(keyExtraction, [...ordinary(20), keyOperation({ address: brazil })]);

    expect(finding).toMatchObject({
      alertType: 'AzureCosmosDB_SuspiciousListKeys.SuspiciousPrincipal',
      variant: 'unfamiliar caller',
      displayName: 'Suspicious extraction of account keys',
      severity: 'Medium',
      summary:
        'dana@example.com listed the account keys of catalog from 203.0.113.7 (Brazil, AS28573 Claro NXT), and had not done so before since the log begins on 2026-01-05; 1 caller usually does.',
      attack: { tactic: 'TA0006', technique: 'T1555.006' },
      entities: { principal: 'dana@example.com', address: brazil },
      baseline: { rows: [['pipeline', '2026-01-05 05:00', '2026-01-24 05:00', '20']] },
    });
    expect(finding.guidance.remediation[1]).toContain('--key-kind primary');
  });

  it.each([
    ['a note, from a usual place', { address: office }, 'unfamiliar caller Informational'],
    [
      'a note, from a trusted network',
      { address: namedAddress('192.0.2.9', 'V', true) },
      'unfamiliar caller Informational',
    ],
    ['Low, where a usual place is no excuse', { operation: REGENERATE }, 'unfamiliar caller Low'],
    ['Low, from where nothing is known', { address: { address: 'unknown.example' } }, 'unfamiliar caller Low'],
    ['Low, from a new place in a usual country', { address: home }, 'unfamiliar caller Low'],
    ['a note, where it was refused', { address: brazil, status: 403 }, 'refused Informational'],
    ['Low, by a known caller from a new place', { principal: 'pipeline', address: brazil }, 'unusual place Low'],
  ])('as %s', (_, what, expected) => {
    expect(found([...ordinary(20), keyOperation(what)])).toEqual([expected]);
  });

  it.each([
    ['readonlyKeys', 'listed the read-only keys of catalog', 'extraction of account keys'],
    ['listConnectionStrings', 'listed the connection strings, which hold', 'extraction of account keys'],
    ['regenerateKey', 'regenerated an account key of catalog', 'regeneration of an account key'],
  ])('on %s', (action, words, title) => {
    const operation = LIST.replace('LISTKEYS', action);
    const [{ finding }] = replay(keyExtraction, [...ordinary(20), keyOperation({ operation })]);

    expect(finding.summary).toContain(words);
    expect(finding.displayName).toBe(`Suspicious ${title}`);
  });

  it('graver, once a key is then used from somewhere new', () => {
    const use = dataAccess({ time: at(20, 13), address: vietnam });
    const alerts = replay(keyExtraction, [...ordinary(20), keyOperation({ address: brazil }), use, use, use]);

    expect(alerts).toMatchObject([{ count: 4, finding: { severity: 'High', confidence: 'high' } }]);
    expect(alerts[0]!.finding.summary).toMatch(
      /; then PrimaryMasterKey was used from 203\.0\.113\.77 \(Vietnam, .*\), new to the account, at 2026-01-25 13:00 UTC\.$/,
    );
    expect(alerts[0]!.finding.entities).toMatchObject({ address: brazil, otherAddresses: [vietnam] });
    expect(alerts[0]!.finding.rawLines).toHaveLength(2);
  });

  it('once, however often the caller repeats it and the key is used', () => {
    const repeated = Array.from({ length: 200 }, (_, n) => [
      keyOperation({ address: brazil, time: at(20, 12) + n * 60_000 }),
      dataAccess({ address: vietnam, time: at(20, 12) + n * 60_000 + 1 }),
    ]).flat();

    expect(replay(keyExtraction, [...ordinary(20), ...repeated])).toMatchObject([
      { count: 400, finding: { severity: 'High' } },
    ]);
  });

  it('once for a known caller at a new place, and goes on from there', () => {
    const operations = [0, 1, 2].map((n) =>
      keyOperation({ principal: 'pipeline', address: brazil, time: at(20, 12 + n) }),
    );
    const use = dataAccess({ time: at(20, 13), address: brazil });

    expect(replay(keyExtraction, [...ordinary(20), operations[0]!, use, operations[1]!, operations[2]!])).toMatchObject(
      [{ count: 4, finding: { variant: 'unusual place', severity: 'Medium' } }],
    );
  });

  it('again on a caller who was told, and then comes from yet another place', () => {
    const dana = (address: Happening['address'], hours: number) => keyOperation({ address, time: at(20, 12 + hours) });
    const listed = [dana(brazil, 0), dana(brazil, 1), dana(vietnam, 30), dana(vietnam, 31), dana(brazil, 32)];

    expect(replay(keyExtraction, [...ordinary(20), ...listed])).toMatchObject([
      { count: 2, finding: { variant: 'unfamiliar caller', severity: 'Medium', entities: { address: brazil } } },
      { count: 2, finding: { variant: 'unusual place', severity: 'Low', entities: { address: vietnam } } },
    ]);
  });

  it('the sooner the higher the sensitivity', () => {
    const others = [4, 6].map((n) => keyOperation({ time: at(n, 1), principal: `colleague ${n}` }));
    const history = [
      ...[...ordinary(14), ...others].sort((a, b) => a.time - b.time),
      keyOperation({ time: at(14, 1) }),
    ];

    expect(['low', 'medium', 'high'].map((level) => found(history, { sensitivity: level }).length)).toEqual([0, 0, 1]);
  });
});

describe('stays quiet', () => {
  it('about automation that lists keys every hour', () => {
    const hourly = Array.from({ length: 24 * 20 }, (_, n) => keyOperation({ time: at(0, n) }));

    expect(found([...ordinary(20), ...hourly].sort((a, b) => a.time - b.time))).toEqual([]);
  });

  it('about a known caller who rotates the keys', () => {
    const rotation = keyOperation({
      principal: 'pipeline',
      address: privateAddress('10.1.2.3'),
      operation: REGENERATE,
    });

    expect(found([...ordinary(20), rotation])).toEqual([]);
  });

  it('while the account is learning', () => {
    expect(found([...ordinary(6), keyOperation({ time: at(6, 0), address: brazil })])).toEqual([]);
  });

  it('about a colleague at a usual place in the second week, while few listings are known, and not about a stranger', () => {
    const rare = ordinary(13).filter(
      ({ class: kind, time }) => kind !== ActivityClass.keyOperation || time % (4 * 86_400_000) < 86_400_000,
    );

    expect(found([...rare, keyOperation({ address: office, time: at(13, 12) })])).toEqual([]);
    expect(found([...rare, keyOperation({ address: brazil, time: at(13, 12) })])).toEqual(['unfamiliar caller Medium']);
    expect(found([...ordinary(13), keyOperation({ address: office, time: at(13, 12) })])).toEqual([
      'unfamiliar caller Informational',
    ]);
  });

  it('where another colleague lists keys every other day', () => {
    const colleagues = Array.from({ length: 15 }, (_, n) =>
      keyOperation({ time: at(2 * n, 1), principal: `colleague ${n}` }),
    );

    expect(found([...ordinary(30), ...colleagues].sort((a, b) => a.time - b.time))).toEqual([]);
  });

  it('about new addresses of the account alone, and about known ones after an extraction', () => {
    const history = [...ordinary(20), dataAccess({ time: at(20, 1), address: vietnam })];

    expect(found(history)).toEqual([]);
    expect(found([...history, keyOperation(), dataAccess({ time: at(20, 13), address: vietnam })])).toEqual([
      'unfamiliar caller Informational',
    ]);
  });

  it('about uses that come too late or need no key', () => {
    const entra = dataAccess({ time: at(20, 13), address: vietnam, principal: '8d1b3f52-6a0c-4f7e-9b1d-2c3e4f5a6b7c' });
    const late = dataAccess({ time: at(22, 13), address: home });

    expect(found([...ordinary(20), keyOperation(), entra, late])).toEqual(['unfamiliar caller Informational']);
  });

  it('about records that do not tell the caller', () => {
    expect(found([...ordinary(20), keyOperation({ principal: '', operation: 'AccountKeysUpdated' })])).toEqual([]);
  });

  it('about what somebody expects', () => {
    const expected = [{ label: 'expected[0]', principal: 'dana@example.com', until: at(30, 0) }];

    expect(replayOnce(keyExtraction, [...ordinary(20), keyOperation()], {}, { expected })).toEqual([]);
  });
});
