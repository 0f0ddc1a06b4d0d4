import { beforeAll, expect, it } from 'vitest';
import { createEnrichment, type Enrichment, loadAddressData } from '../enrichers/enrichment.ts';
import type { Names } from '../lib/names.ts';
import { Vocabulary } from './vocabulary.ts';

/** More names than are kept without a look at who holds them. */
const CROWD = 280_000;

let enrichment: Enrichment;
beforeAll(async () => {
  const networks = [{ name: 'Berlin office', cidr: ['10.20.0.0/16'], trusted: true }];
  enrichment = createEnrichment(await loadAddressData({ networks, geo: [], asn: [], cloudRanges: [] }));
});

function intern(names: Names, text: string): number {
  const bytes = new Uint8Array(2048);
  const { written } = new TextEncoder().encodeInto(text, bytes);
  return names.intern(new DataView(bytes.buffer), 0, written);
}

it('tells what its ids stand for', () => {
  const vocabulary = new Vocabulary(enrichment);
  const office = intern(vocabulary.addresses, '10.20.3.4');

  expect(vocabulary.principal(intern(vocabulary.principals, 'alice'))).toBe('alice');
  expect(vocabulary.database(intern(vocabulary.databases, 'orders'))).toBe('orders');
  expect(vocabulary.application(intern(vocabulary.applications, 'psql'))).toBe('psql');
  expect(vocabulary.address(office)).toMatchObject({ address: '10.20.3.4', namedNetwork: { name: 'Berlin office' } });
  expect(vocabulary.place(vocabulary.placeOf(office))).toMatchObject({ key: 'named:Berlin office', kind: 'named' });
});

it('gives one place to addresses of one place, and none where nothing is known', () => {
  const vocabulary = new Vocabulary(enrichment);
  const placeOf = (address: string) => vocabulary.placeOf(intern(vocabulary.addresses, address));

  expect(placeOf('10.20.3.4')).toBe(placeOf('10.20.99.1'));
  expect(placeOf('192.168.1.1')).toBe(placeOf('192.168.1.254'));
  expect(placeOf('192.168.1.1')).not.toBe(placeOf('192.168.2.1'));
  expect(placeOf('one.host.example')).toBe(placeOf('other.host.example'));
  expect(placeOf('nowhere')).toBe(0);
  expect(placeOf('nowhere')).toBe(0);
  expect(vocabulary.placeOf(0)).toBe(0);
  expect(vocabulary.address(0)).toEqual({ address: '[local]' });
});

it('gives the ids that nobody holds to others, with places of their own', () => {
  const vocabulary = new Vocabulary(enrichment);
  const kept = intern(vocabulary.addresses, '10.20.3.4');
  const alice = intern(vocabulary.principals, 'alice');
  const keptPlace = vocabulary.placeOf(kept);
  for (let n = 0; n < CROWD; n++) {
    intern(vocabulary.addresses, `host${n}.example`);
    intern(vocabulary.principals, `name ${n}`);
    intern(vocabulary.applications, `application ${n}`);
    intern(vocabulary.databases, `database ${n}`);
  }
  const limits = [vocabulary.addresses.limit, vocabulary.principals.limit];
  let isAsked = false;
  const areIdsGiven = vocabulary.sweep((holder) => {
    isAsked = true;
    holder.address(kept);
    holder.principal(alice);
  });

  expect([isAsked, areIdsGiven]).toEqual([true, true]);
  expect(vocabulary.placeOf(kept)).toBe(keptPlace);
  expect(vocabulary.principal(alice)).toBe('alice');
  const other = intern(vocabulary.addresses, '172.16.5.6');
  expect(other).toBeLessThan(limits[0]);
  expect(vocabulary.place(vocabulary.placeOf(other)).key).toBe('172.16.5.0/24');
  expect([vocabulary.applications.isCrowded, vocabulary.databases.isCrowded]).toEqual([false, false]);
  for (let n = 0; n < CROWD / 2; n++) {
    intern(vocabulary.principals, `another name ${n}`);
  }
  expect(vocabulary.principals.limit).toBe(limits[1]);
});

it('keeps everything while it is small', () => {
  const vocabulary = new Vocabulary(enrichment);
  const id = intern(vocabulary.principals, 'alice');

  expect(vocabulary.sweep(() => {})).toBe(false);
  expect(intern(vocabulary.principals, 'alice')).toBe(id);
});
