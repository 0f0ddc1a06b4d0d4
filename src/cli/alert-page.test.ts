import { expect, it } from 'vitest';
import { alertPage } from './alert-page.ts';
import { anAlert } from './testkit.ts';

const plain = { width: 100, color: false };

it('shows one alert whole', () => {
  expect(alertPage(anAlert(), plain)).toBe(`High: Suspected brute force attack
app failed to log in 36 times within 5 minutes from 203.0.113.7 (Brazil); usual: at most 2.

  Alert        2517000000000000000_3d5c0001
  Type         SQL.PostgreSQL_BruteForce
  Resource     orders
  Resource id  /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.DBforPostgreSQL/servers/orders
  First seen   2026-01-31 14:30:05.123 UTC
  Last seen    2026-01-31 14:34:59.000 UTC
  Score        12.346 nats; threshold 6
  ATT&CK       CredentialAccess, T1110 Brute Force, T1110.001 Brute Force: Password Guessing
  Status       Active

Details
  Variant    valid user
  Principal  app

Entities
  ip  address 203.0.113.7, countryCode BR

Seen
  failed logins  36

Usual failures of app
┌───────────────┬────────────┐
│ per 5 minutes │ first seen │
├───────────────┼────────────┤
│ 0 to 2        │ 2026-01-01 │
└───────────────┴────────────┘

Raw lines
  orders.csv at byte 1234
    FATAL:  password authentication failed for user "app"

Potential causes
  A forgotten password.
  Someone guesses.

Investigation steps
  grep 203.0.113.7  /var/log/postgresql/orders.csv

Remediation steps
  Change the password of app:
    ALTER ROLE app PASSWORD '…';
`);
});

it('obeys nothing that a log says, wherever it stands', () => {
  const hostile = '\x1b]0;owned\x07\u202e\r\x9b2J';
  const page = alertPage(
    anAlert({
      alertDisplayName: hostile,
      description: hostile,
      alertType: hostile,
      remediationSteps: [hostile],
      entities: [{ type: hostile, name: hostile, deeper: { [hostile]: hostile } }],
      extendedProperties: { [hostile]: hostile, 'Potential causes': hostile, 'Investigation steps': hostile },
      supportingEvidence: {
        title: hostile,
        columns: [hostile],
        rows: [[hostile]],
        observed: { [hostile]: hostile },
        score: { value: 1, threshold: 1, unit: hostile },
        rawLines: [{ source: hostile, byteOffset: 0, text: hostile }],
      },
    }),
    plain,
  );

  expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
  expect(page.split('\\x1b]0;owned\\x07\\u{202e}\\x0d\\x9b2J').length - 1).toBe(20);
});

it('shows what else was found about the access', () => {
  const { supportingEvidence } = anAlert().properties;
  const other = { displayName: 'Log on by an unfamiliar principal', title: 'Usual principals', columns: ['Name'] };
  const otherFindings = [{ ...other, rows: [['app']] }];
  const page = alertPage(anAlert({ supportingEvidence: { ...supportingEvidence, otherFindings } }), plain);

  expect(page).toContain(`
Log on by an unfamiliar principal: Usual principals
┌──────┐
│ Name │
├──────┤
│ app  │
└──────┘
`);
});

it('says so where nothing was learned yet', () => {
  const { supportingEvidence } = anAlert().properties;
  const page = alertPage(anAlert({ supportingEvidence: { ...supportingEvidence, rows: [] } }), plain);

  expect(page).toContain('Usual failures of app\n  nothing learned yet\n');
});
