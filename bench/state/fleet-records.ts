import { random } from '../../test/random.ts';

const SUBSCRIPTION = '11111111-1111-1111-1111-111111111111';
const DAY_MS = 86_400_000;
const WORKING_MS = 10 * 3_600_000;
let session = 1;

/** Id of a flexible server of the fleet, as Azure writes it. */
export function fleetId(number: number): string {
  const name = `server-${String(number).padStart(5, '0')}`;
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/fleet/providers/Microsoft.DBforPostgreSQL/flexibleServers/${name}`;
}

/** Each of so many people comes every day from each of his places, at any time of a working day. */
export function habits(number: number, from: number, days: number, people: number, places: number): string {
  const next = random(number + 1);
  let text = '';
  for (let day = 0; day < days; day++) {
    const visits = Array.from({ length: people * places }, (_, visit) => ({
      time: from + day * DAY_MS + Math.floor(next() * WORKING_MS),
      person: Math.floor(visit / places),
      place: visit % places,
    }));
    for (const { time, person, place } of visits.sort((a, b) => a.time - b.time)) {
      text += login(number, time, `person${person}`, `10.${20 + place}.${person % 7}.${1 + person}`);
    }
  }
  return text;
}

/** Who comes, who he is, and that he goes. */
export function login(number: number, time: number, user: string, address: string): string {
  const who = `connection authorized: user=${user} database=orders application_name=shop`;
  const end = `disconnection: session time: 0:00:00.100 user=${user} database=orders host=${address} port=30000`;
  return records(number, time, address, [
    ['LOG', '00000', who],
    ['LOG', '00000', end],
  ]);
}

/** A burst of guesses. */
export function incident(number: number, time: number, address: string): string {
  return Array.from({ length: 12 }, (_, i) =>
    records(number, time + i, address, [['FATAL', '28P01', `password authentication failed for user "guess${i}"`]]),
  ).join('');
}

function records(number: number, time: number, address: string, lines: [string, string, string][]): string {
  const pid = 1000 + (session++ % 30_000);
  const id = `${Math.floor(time / 1000).toString(16)}.${pid.toString(16)}`;
  const stamp = `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC-${id}-`;
  const received: [string, string, string] = [
    'LOG',
    '00000',
    `connection received: host=${address} port=${30_000 + pid}`,
  ];
  return [received, ...lines]
    .map(([errorLevel, sqlerrcode, message]) => {
      const properties = {
        timestamp: `${new Date(time).toISOString().slice(0, 23).replace('T', ' ')} UTC`,
        processId: pid,
        errorLevel,
        sqlerrcode,
        message: `${stamp}${errorLevel}:  ${message}`,
      };
      const rest = { category: 'PostgreSQLLogs', operationName: 'LogEvent', time: new Date(time).toISOString() };
      return `${JSON.stringify({ properties, resourceId: fleetId(number).toUpperCase(), ...rest })}\n`;
    })
    .join('');
}
