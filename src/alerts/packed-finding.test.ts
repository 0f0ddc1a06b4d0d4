import { expect, it } from 'vitest';
import { renamingOf } from '../lib/renaming.ts';
import { decodeSnapshot, encodeSnapshot } from '../lib/snapshot/snapshot.ts';
import { type Finding, lazyFinding } from '../model/finding.ts';
import { createAlertBook } from './alert-book.ts';
import { createFindingsAtHand } from './findings-at-hand.ts';
import { type FindingBases, linksOf, PackedFinding, unpackedFinding } from './packed-finding.ts';
import { storyLinksOf } from './story-links.ts';
import { aFinding, aLogin, from, orders } from './testkit.ts';

const findings: Finding[] = [
  aFinding(),
  aFinding({ dedupKey: '203.0.113.8', ...from('203.0.113.8'), count: 11 }),
  aLogin({ timeline: { label: 'Logins', startTime: 1, stepMs: 2, counts: [0, 1.5, -0], marks: [] } }),
  aLogin({ severity: 'Informational', observed: { '': '\0 ü 😀' } }),
];

it('tells the same as before, in much less memory, also when it was saved', () => {
  const bases: FindingBases = new Map();
  const packed = findings.map((finding) => new PackedFinding(finding, bases));
  const classes = { PackedFinding };
  const saved = encodeSnapshot(packed, { classes });
  const restored = decodeSnapshot(saved, { classes }) as PackedFinding[];

  for (const some of [packed, restored]) {
    expect(some.map(unpackedFinding)).toEqual(findings);
    expect(some.map(({ summary, entities, alertType }) => [summary, entities, alertType])).toEqual(
      findings.map(({ summary, entities, alertType }) => [summary, entities, alertType]),
    );
    expect(some.map(linksOf)).toEqual(findings.map(storyLinksOf));
  }
  expect([...bases.keys()]).toHaveLength(2);
  const many = Array.from({ length: 100 }, (_, i) => aFinding({ dedupKey: `n${i}`, count: i }));
  const own = many.reduce((sum, finding) => sum + encodeSnapshot(finding, { classes }).length, 0);
  const small = many.map((finding) => new PackedFinding(finding, bases));
  expect(encodeSnapshot(small, { classes }).length).toBeLessThan(own / 5);
});

it('spells out what was not spelt out before', () => {
  const { dedupKey, severity, startTime, endTime, count, ...body } = aFinding();
  const lazy = lazyFinding({ dedupKey, severity, startTime, endTime, count }, () => body);

  expect(new PackedFinding(lazy, new Map()).unpacked()).toEqual(aFinding());
});

it('is what stays of all but the alerts that were asked for last', () => {
  const book = createAlertBook(orders, [], undefined, true);
  const records = [1, 2, 3].map((n) => book.add('brute-force', aFinding({ dedupKey: `n${n}` })));
  const atHand = createFindingsAtHand(2, () => book.bases());
  const packed = () => records.map(({ finding }) => finding instanceof PackedFinding);
  atHand.take(records);
  atHand.pack();
  const first = packed();
  atHand.take([records[0]!]);
  atHand.pack();
  const second = packed();
  book.again('brute-force', 'n2', records[1]!.endTime + 1);
  book.add('brute-force', aFinding({ dedupKey: 'n2', count: 30, severity: 'High' }));

  expect([first, second]).toEqual([
    [true, false, false],
    [false, true, false],
  ]);
  expect(records[1]).toMatchObject({ count: 30, finding: { severity: 'High' } });
  expect(records.map(({ finding }) => unpackedFinding(finding).dedupKey)).toEqual(['n1', 'n2', 'n3']);
});

it('names a principal no longer when that is renamed, nor does what it was packed with', () => {
  const book = createAlertBook(orders, [], undefined, true);
  const sealed = { source: 'orders.csv', byteOffset: 12, text: 'FATAL', sealed: 'x' };
  const record = book.add('brute-force', aFinding({ rawLines: [sealed] }));
  const other = book.add('brute-force', aFinding({ ...from('203.0.113.8'), dedupKey: 'n2' }));
  const atHand = createFindingsAtHand(0, () => book.bases());
  atHand.take([record, other]);
  atHand.pack();
  book.takeChanged();
  book.rename(renamingOf('analyst', 'somebody'));
  const classes = { PackedFinding };
  const { all, bases } = decodeSnapshot(encodeSnapshot(book.save(), { classes }), { classes }) as {
    all: { finding: PackedFinding }[];
    bases: FindingBases;
  };

  expect(book.takeChanged().map(({ name }) => name)).toEqual([record.name, other.name]);
  expect(all.map(({ finding }) => finding instanceof PackedFinding)).toEqual([true, true]);
  expect(JSON.stringify(all.map(({ finding }) => finding.unpacked()))).not.toContain('analyst');
  expect(all[0]!.finding.unpacked().rawLines).toEqual([{ source: 'orders.csv', byteOffset: 12, text: 'FATAL' }]);
  expect([...bases.values()].map((bytes) => Buffer.from(bytes).toString()).join()).not.toContain('analyst');
});
