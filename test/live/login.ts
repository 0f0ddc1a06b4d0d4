const DAY_MS = 86_400_000;
let sessions = 0;

/** A login as csvlog has it. @param time milliseconds since the epoch */
export function login(time: number, user: string, address: string, application = 'psql'): string {
  const n = ++sessions;
  const told = `${new Date(time).toISOString().slice(0, 23).replace('T', ' ')} UTC`;
  const session = `${Math.floor(time / 1000).toString(16)}.${(4000 + n).toString(16)}`;
  return `${told},"${user}","orders",${16384 + n},"${address}:${40000 + (n % 20000)}",${session},2,"authentication",${told},3/${n},0,LOG,00000,"connection authorized: user=${user} database=orders application_name=${application}",,,,,,,,,"${application}","client backend",,0\n`;
}

/** Logins of somebody, one on each of the days before a time: enough to be judged. */
export function habit(until: number, user: string, address: string, days = 20, application = 'psql'): string {
  return Array.from({ length: days }, (_, n) => login(until - (days - n) * DAY_MS, user, address, application)).join(
    '',
  );
}
