import { describe, expect, it } from 'vitest';
import { worldPicture } from './world-picture.ts';

const COLUMNS = ['Network', 'Place'];
const rows = [
  ['AS3320', 'United States, AS7018 AT&T'],
  ['AS3320', 'Hong Kong SAR China, AS9304 HGC'],
  ['', '10.0.0.0/8'],
];

describe('the map of a report', () => {
  it('marks usual countries by dots and the unusual one by a cross', () => {
    const { text } = worldPicture({ columns: COLUMNS, rows, observed: { Place: 'Brazil, AS28573 Claro' } });

    expect(text.match(/<circle/g)).toHaveLength(2);
    expect(text.match(/class="cross"/g)).toHaveLength(1);
    expect(text).toContain('from: United States, Hong Kong SAR China. Unusual (✕): Brazil.');
    expect(text).toMatch(/<path class="land" d="M[\d.,MLZ-]{50000,}"\/>/);
  });

  it('marks nothing as unusual where the country is known', () => {
    const { text } = worldPicture({ columns: COLUMNS, rows, observed: { Place: 'United States, AS1 New' } });

    expect(text.match(/<circle|"cross"/g)).toEqual(['<circle', '<circle']);
  });

  it.each([
    ['nothing is told of places', { columns: ['Name'], rows: [['x']], observed: { Place: 'Brazil' } }],
    ['no place was observed', { columns: COLUMNS, rows, observed: { Name: 'Brazil' } }],
    ['only networks are', { columns: COLUMNS, rows: [['', '10.0.0.0/8']], observed: { Place: '192.168.0.0/16' } }],
  ])('is absent where %s', (_, told) => {
    expect(worldPicture(told).text).toBe('');
  });
});
