/** A failed login as csvlog has it, seconds after a time. */
export function failure(start: number, seconds: number, user: string, address = '203.0.113.77'): string {
  const time = `${new Date(start + 1000 * seconds).toISOString().slice(0, 23).replace('T', ' ')} UTC`;
  const session = `${(Math.floor(start / 1000) + seconds).toString(16)}.${(4000 + seconds).toString(16)}`;
  return `${time},"${user}","orders",${16384 + seconds},"${address}:${40000 + seconds}",${session},2,"authentication",${time},3/${seconds},0,FATAL,28P01,"password authentication failed for user ""${user}""","Role ""${user}"" does not exist.",,,,,,,,"","client backend",,0\n`;
}
