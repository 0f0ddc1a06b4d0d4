import { describe, expect, it } from 'vitest';
import { at, type Happening, publicAddress, replay, signIn } from '../testkit.ts';
import { unusualLocation } from './unusual-location.ts';

const network = (last: number, number: number) =>
  publicAddress(`203.0.113.${last}`, 'DE', 'Germany', number, 'A network');
const atHome = network(20, 3320);
const onTheMove = network(21, 6805);
const elsewhere = network(22, 8422);
/** Five weeks of working days, by turns in the office and at home. */
const settled = Array.from({ length: 35 }, (_, n) => n)
  .filter((n) => n % 7 < 5)
  .flatMap((n) =>
    [9, 12, 15].map((hour) => signIn({ time: at(n, hour), ...(n % 2 === 0 ? {} : { address: atHome }) })),
  );

const severities = (login: Partial<Happening>, before: readonly Happening[] = []) =>
  replay(unusualLocation, [...settled, ...before, signIn({ time: at(36, 10), address: elsewhere, ...login })]).map(
    ({ finding: { variant, severity } }) => `${variant} ${severity}`,
  );

describe('another network of the usual country', () => {
  it('is told of at an hour at which the person never works', () => {
    expect(severities({ time: at(36, 3) })).toEqual(['new network Low']);
  });

  it('is not told of by day, nor within two hours of the working day', () => {
    expect(severities({})).toEqual([]);
    expect(severities({ time: at(36, 17) })).toEqual([]);
  });

  it('is not told of at night where the person gained another one lately', () => {
    const gained = [signIn({ time: at(35, 10), address: onTheMove })];

    expect(severities({ time: at(36, 3) }, gained)).toEqual([]);
  });

  it('is not told of at night where a colleague has used it for a week', () => {
    const colleague = [26, 29, 33].map((n) => signIn({ time: at(n, 10), principal: 'bob', address: elsewhere }));
    const history = [...settled, ...colleague].sort((a, b) => a.time - b.time);
    const raised = replay(unusualLocation, [...history, signIn({ time: at(36, 3), address: elsewhere })]);

    expect(raised).toEqual([]);
  });
});
