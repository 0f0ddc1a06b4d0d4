import { appendFileSync } from 'node:fs';

/** An address of a list: whoever logs in from it is told of, each by an alert of their own. */
export const LISTED_ADDRESS = '203.0.113.77';

/** Name of the n-th who logs in. */
export function listedUser(n: number): string {
  return `listed_${String(n).padStart(5, '0')}`;
}

/** Appends logins from the listed address to a csvlog of PostgreSQL, the n-th for each number. */
export function appendListedLogins(path: string, time: number, numbers: readonly number[]): void {
  appendFileSync(path, numbers.map((n) => loginOf(time, n)).join(''));
}

function loginOf(time: number, n: number): string {
  const stamp = `${new Date(time).toISOString().slice(0, 23).replace('T', ' ')} UTC`;
  const session = `${Math.floor(time / 1000).toString(16)}.${(1 + n).toString(16)}`;
  const from = `${LISTED_ADDRESS}:${20_000 + (n % 40_000)}`;
  const user = listedUser(n);
  const line = (name: string, number: number, tag: string, message: string, backend: string) =>
    `${stamp},${name},${1 + n},"${from}",${session},${number},"${tag}",${stamp},3/${n},0,LOG,00000,"${message}",,,,,,,,,"","${backend}",,0\n`;
  const received = `connection received: host=${LISTED_ADDRESS} port=${20_000 + (n % 40_000)}`;
  const authorized = `connection authorized: user=${user} database=orders application_name=shop`;
  return (
    line(',', 1, '', received, 'not initialized') +
    line(`"${user}","orders"`, 2, 'authentication', authorized, 'client backend')
  );
}
