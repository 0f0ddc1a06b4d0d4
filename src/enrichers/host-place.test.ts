import { describe, expect, it } from 'vitest';
import { placeOfHost } from './host-place.ts';

describe('placeOfHost', () => {
  it.each([
    ['p4fd1a2b3.dip0.t-ipconnect.de', 'host:t-ipconnect.de', 'public', 'DE'],
    ['84-2-1-9.dynamic.Example.CO.UK', 'host:example.co.uk', 'public', 'GB'],
    ['example.com.br', 'host:example.com.br', 'public', 'BR'],
    ['ec2-198-51-100-7.eu-central-1.compute.amazonaws.com', 'host:amazonaws.com', 'public', undefined],
    ['runner.example.io', 'host:example.io', 'public', undefined],
    ['ip-10-20-3-4.internal', 'host:internal', 'private', undefined],
    ['pod-7.shop.svc.cluster.local', 'host:cluster.local', 'private', undefined],
  ])('takes the domain of %s', (name, key, kind, countryCode) => {
    expect(placeOfHost(name)).toMatchObject({ key, kind });
    expect(placeOfHost(name)?.countryCode).toBe(countryCode);
  });

  it.each(['web01', '[local]', '', '.', 'a..de', '198.51.100.999', 'evil "name".de', `${'a'.repeat(64)}.de`])(
    'knows no place of %j',
    (name) => {
      expect(placeOfHost(name)).toBeUndefined();
    },
  );
});
