import { expect, it } from 'vitest';
import { changesOf } from '../tuning/alert-changes.ts';
import { comparisonText } from './comparison-text.ts';
import { FILE_LOOK } from './look.ts';
import { anAlert } from './testkit.ts';

const same = anAlert({ name: '1' });
const files = { before: 'vedette.yaml', after: '/etc/other.yaml' };

it('tells what disappears, what appears and what is graver', () => {
  const gone = anAlert({ name: '2', alertType: 'SQL.PostgreSQL_GeoAnomaly' });
  const added = anAlert({ name: '3', compromisedEntity: 'billing' });
  const graver = anAlert({ name: '1', severity: 'Medium' });

  expect(changesOf([same, gone], [graver, added])).toEqual({
    before: 2,
    after: 2,
    gone: [gone],
    added: [added],
    changed: [{ before: same, after: graver }],
  });
});

it('takes what becomes a note for gone', () => {
  expect(changesOf([same], [anAlert({ name: '1', severity: 'Informational' })])).toMatchObject({
    before: 1,
    after: 0,
    gone: [same],
    added: [],
  });
});

it('knows an alert again that begins with another event of the day, once', () => {
  const later = anAlert({ name: '9', startTimeUtc: '2026-01-31T15:00:00.000Z' });
  const another = anAlert({ name: '8', startTimeUtc: '2026-01-31T16:00:00.000Z' });

  expect(changesOf([same], [later])).toMatchObject({ gone: [], added: [], changed: [] });
  expect(changesOf([same], [later, another]).added).toEqual([another]);
  expect(changesOf([same], [anAlert({ name: '9', startTimeUtc: '2026-02-01T00:00:00.000Z' })]).gone).toEqual([same]);
});

it('prints numbers, types and the alerts that change', () => {
  const gone = anAlert({
    name: '2',
    alertType: 'SQL.PostgreSQL_GeoAnomaly',
    severity: 'Low',
    description: 'a\u001b[31mb',
  });
  const text = comparisonText(files, [same, gone], [same], FILE_LOOK);

  expect(text).toContain('vedette.yaml → other.yaml: 2 → 1 alerts above Informational, 0 → 0 notes.');
  expect(text).toMatch(/SQL\.PostgreSQL_GeoAnomaly │ 1 → 0/);
  expect(text).not.toContain('BruteForce │');
  expect(text).toMatch(/ {2}disappears\n {4}2026-01-31 14:30 Low orders: a/);
  expect(text).not.toContain('\u001b');
});

it('says so when nothing changes', () => {
  expect(comparisonText(files, [same], [same], FILE_LOOK)).toContain('Nothing changes.');
});
