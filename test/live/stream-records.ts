/** Id of a flexible server as Azure's records write it. */
export function serverId(name: string): string {
  return `/SUBSCRIPTIONS/11111111-1111-1111-1111-111111111111/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.DBFORPOSTGRESQL/FLEXIBLESERVERS/${name.toUpperCase()}`;
}

/** Records of a burst of guesses at a server, each a line: who comes, and that he is refused. */
export function guesses(name: string, start: number, address: string, count = 12): string {
  return Array.from({ length: count }, (_, i) => {
    const time = new Date(start + 1000 * i);
    const session = `${Math.floor(time.getTime() / 1000).toString(16)}.${(0x2189 + i).toString(16)}`;
    const stamp = `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC-${session}-`;
    const record = (errorLevel: string, sqlerrcode: string, message: string) =>
      JSON.stringify({
        properties: {
          timestamp: `${time.toISOString().slice(0, 23).replace('T', ' ')} UTC`,
          processId: 8585 + i,
          errorLevel,
          sqlerrcode,
          message: `${stamp}${errorLevel}:  ${message}`,
        },
        resourceId: serverId(name),
        category: 'PostgreSQLLogs',
        operationName: 'LogEvent',
        time: time.toISOString(),
      });
    const received = record('LOG', '00000', `connection received: host=${address} port=${44_000 + i}`);
    const refused = record('FATAL', '28P01', `password authentication failed for user "guess${i}"`);
    return `${received}\n${refused}\n`;
  }).join('');
}
