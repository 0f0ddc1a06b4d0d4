import { describe, expect, it } from 'vitest';
import { ActivityClass, Protection } from '../../model/activity.ts';
import {
  at,
  brazil,
  dataAccess,
  day,
  type Happening,
  namedAddress,
  office,
  privateAddress,
  replay,
  replayOnce,
  series,
  signIn,
} from '../testkit.ts';
import { weakAuthentication } from './weak-authentication.ts';

const GUID = '8d1b3f52-6a0c-4f7e-9b1d-2c3e4f5a6b7c';
const HOUR_MS = 3_600_000;
const { unencrypted, encrypted, trust, password, md5 } = Protection;

const login = (what: Partial<Happening> = {}) => signIn({ protection: encrypted, ...what });
const credential = (protection: number, what: Partial<Happening> = {}) =>
  signIn({ class: ActivityClass.credentialAccepted, protection, ...what });
const identity = (what: Partial<Happening> = {}) => dataAccess({ principal: GUID, ...what });

function found(history: readonly Happening[], settings: object = {}) {
  return replay(weakAuthentication, history, settings).map(({ finding }) => finding.variant);
}

describe('fires', () => {
  it('on a login without encryption from a public address', () => {
    const [{ finding }] = replay(weakAuthentication, [login({ protection: unencrypted, address: brazil })]);

    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_WeakAuthentication',
      variant: 'no TLS',
      severity: 'Informational',
      summary:
        'alice logged in to orders without encryption from 203.0.113.7 (Brazil, AS28573 Claro NXT): whoever is on the way can read and change everything, passwords of some methods included.',
      attack: { tactic: 'TA0006', technique: 'T1040' },
      entities: { principal: 'alice', address: brazil },
      baseline: { rows: [['Encryption', 'no TLS', 'TLS 1.2 or later']] },
    });
    expect(finding.guidance.remediation[0]).toContain('hostssl');
  });

  it.each([
    [trust, 'trust', 'without giving any credential'],
    [password, 'cleartext password', 'by a password that the client sends as it is'],
    [md5, 'md5', 'by a rule that allows MD5 hashes'],
  ])('on the method with the bit %i', (protection, variant, words) => {
    const [{ finding }] = replay(weakAuthentication, [credential(protection, { address: privateAddress('10.1.2.3') })]);

    expect(finding).toMatchObject({ variant, severity: 'Informational' });
    expect(finding.summary).toContain(words);
  });

  it.each(['postgres', 'rdsadmin', 'cloudsqlsuperuser'])('on %s from a public address', (principal) => {
    expect(found([login({ principal, address: brazil })])).toEqual(['superuser from outside']);
  });

  it('on an account key where identities are used, too', () => {
    const [{ finding }] = replay(weakAuthentication, [identity(), dataAccess({ time: at(1, 0) })]);

    expect(finding).toMatchObject({ alertType: 'CosmosDB_KeyAuthentication', variant: 'account key' });
    expect(finding.summary).toMatch(
      /^PrimaryMasterKey reached catalog with an account key from .*, while 8d1b3f52-.* uses an identity of Entra ID: /,
    );
  });

  it('once for a principal and a weakness, however long it lasts', () => {
    const logins = series(day(0), 60, 36 * HOUR_MS).map((time) => credential(md5, { time }));

    expect(found(logins)).toEqual(['md5']);
    expect(found(logins.slice(0, 10), { repeatDays: 1 })).toHaveLength(10);
    expect(found([...logins, ...logins.map((other) => ({ ...other, principal: 'bob' }))])).toEqual(['md5', 'md5']);
  });

  it('once more for all principals, where there are many', () => {
    const logins = Array.from({ length: 500 }, (_, n) =>
      credential(md5, { principal: `v-token-${n}`, time: at(0, n) }),
    );
    const alerts = replay(weakAuthentication, logins);

    expect(alerts).toHaveLength(9);
    expect(alerts.at(-1)).toMatchObject({ count: 492 });
    expect(alerts.at(-1)!.finding.summary).toMatch(/; it is one of more than 8 principals that do\.$/);
  });

  it('on less or more, as the sensitivity says', () => {
    const history = [
      credential(md5, { time: at(0, 1) }),
      credential(trust, { time: at(0, 2), address: { address: '127.0.0.1' } }),
      login({ time: at(0, 3), protection: unencrypted, address: privateAddress('10.1.2.3') }),
    ];

    expect(found(history, { sensitivity: 'low' })).toEqual([]);
    expect(found(history)).toEqual(['md5']);
    expect(found(history, { sensitivity: 'high' })).toEqual(['md5', 'trust', 'no TLS']);
  });
});

describe('stays quiet', () => {
  it.each([
    ['a login with encryption and a strong method', [credential(0, { address: brazil }), login({ address: brazil })]],
    ['a login inside without encryption', [login({ protection: unencrypted, address: privateAddress('10.1.2.3') })]],
    [
      'one through a network that was named',
      [login({ protection: unencrypted, address: namedAddress('192.0.2.1', 'VPN', false) })],
    ],
    ['one from where nothing is known', [login({ protection: unencrypted, address: { address: 'host.example' } })]],
    ['a Unix socket', [credential(trust, { address: { address: '[local]' } })]],
    ['a session met in its middle', [login({ protection: 0, principal: 'postgres', address: brazil })]],
    ['a superuser inside', [login({ principal: 'postgres', address: privateAddress('10.1.2.3') })]],
    ['an account without identities', [dataAccess(), dataAccess({ time: at(1, 0) })]],
    ['an account whose identities left', [identity(), dataAccess({ time: day(31) })]],
    ['identities alone', [identity(), identity({ time: at(1, 0) })]],
  ])('about %s', (_, history) => {
    expect(found(history)).toEqual([]);
  });

  it('about what somebody expects, for as long as that is so', () => {
    const expected = [{ label: 'expected[0]', principal: 'alice', until: at(2, 0) }];
    const logins = [0, 1, 12, 40, 50, 100].map((hour) => credential(md5, { time: at(0, hour), address: office }));

    expect(replayOnce(weakAuthentication, logins.slice(0, 4), {}, { expected })).toEqual([]);
    expect(replayOnce(weakAuthentication, logins, {}, { expected })).toHaveLength(1);
  });
});
