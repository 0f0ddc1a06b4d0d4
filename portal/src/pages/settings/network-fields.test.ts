import { describe, expect, it } from 'vitest';
import { fieldsOf, networkOf } from './network-fields.ts';

const office = { ...fieldsOf(undefined), name: 'Office', cidr: '198.51.100.0/24\n10.1.0.0/16, 10.2.0.0/16' };

describe('networkOf', () => {
  it('takes networks on lines or with commas, and a place only where there is one', () => {
    expect(networkOf(office)).toEqual({
      cidr: ['198.51.100.0/24', '10.1.0.0/16', '10.2.0.0/16'],
      trusted: false,
    });
    expect(networkOf({ ...office, country: 'DE', lat: '52.5', lon: '13.4' })).toMatchObject({
      location: { country: 'DE', lat: 52.5, lon: 13.4 },
    });
  });

  it.each([
    { name: ' ' },
    { cidr: ' ' },
    { country: 'D' },
    { city: 'Berlin' },
    { country: 'DE', lat: '52' },
    { country: 'DE', lat: 'north', lon: '13' },
    { country: 'DE', lat: '91', lon: '13' },
  ])('is nothing yet with %j', (fields) => {
    expect(networkOf({ ...office, ...fields })).toBeUndefined();
  });
});
