/**
 * Whether a sender is no more, who is named by host and process: one of this host whose process has ended, or one of
 * our own name, who was there before us. Senders of other hosts are left alone.
 */
export function isGone(sender: string, mine: string): boolean {
  const [host, pid] = partsOf(sender);
  return sender === mine || (host === partsOf(mine)[0] && !isRunning(pid));
}

function partsOf(sender: string): [host: string, pid: number] {
  const space = sender.lastIndexOf(' ');
  return [sender.slice(0, space), Number(sender.slice(space + 1))];
}

/** A process of somebody else runs, too. What is no number of a process is believed to. */
function isRunning(pid: number): boolean {
  try {
    return !Number.isSafeInteger(pid) || pid <= 0 || process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
