import { describe, expect, it } from 'vitest';
import type { AddressFacts } from '../../model/address-facts.ts';
import { at, brazil, type Happening, office, replay, signIn } from '../testkit.ts';
import { unfamiliarPrincipal } from './unfamiliar-principal.ts';

function severities(history: readonly Happening[]): string[] {
  return replay(unfamiliarPrincipal, history).map(({ finding }) => finding.severity);
}

/** Alice works with DBeaver, which names each script and its own version. */
const withScripts = Array.from({ length: 14 }, (_, n) =>
  signIn({ time: at(n, 8), application: `DBeaver 24.1.0 - SQLEditor <Script-${n % 3}.sql>` }),
);

describe('an application', () => {
  it('is usual in another version, and with another script', () => {
    const joins = (application: string) => signIn({ time: at(14, 9), principal: 'bob', application });

    expect(severities([...withScripts, joins('DBeaver 24.2.1 - SQLEditor <Script-9.sql>')])).toEqual(['Informational']);
    expect(severities([...withScripts, joins('DataGrip 2026.1')])).toEqual(['Low']);
  });
});

describe('where new principals come now and then', () => {
  /** Everybody comes from the office; three joined after the first week. */
  const growing = Array.from({ length: 24 }, (_, n) => [
    signIn({ time: at(n, 8) }),
    ...(n >= 9 ? [signIn({ time: at(n, 9), principal: 'bob' })] : []),
    ...(n >= 12 ? [signIn({ time: at(n, 10), principal: 'dave' })] : []),
    ...(n >= 14 ? [signIn({ time: at(n, 9), principal: 'carol' })] : []),
  ]).flat();
  const stranger = (address: AddressFacts) => signIn({ time: at(23, 20), principal: 'support', address });

  it('one from the office is no news, one from where nobody comes from is', () => {
    const told = (address: AddressFacts) =>
      replay(unfamiliarPrincipal, [...growing, stranger(address)])
        .filter(({ finding }) => finding.entities.principal === 'support')
        .map(({ finding: { severity, score } }) => ({ severity, threshold: score.threshold }));

    expect(told(office)).toEqual([]);
    expect(told(brazil)).toEqual([{ severity: 'Low', threshold: 1.4 }]);
  });
});
