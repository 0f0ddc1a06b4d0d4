import { argv, stdout } from 'node:process';
import { openJournal } from './journal.ts';

/** A program to be killed: appends lines that count up, many at a time, and says which are acknowledged. */
const [directory = '', kind = ''] = argv.slice(2);
const AT_A_TIME = 7;

const journal = await openJournal({ directory, capBytes: 1 << 20 });
if (journal.undecided !== undefined) {
  await journal.settle(true);
}
const decide = kind === 'decided' ? async () => true : undefined;
for (let next = Number(journal.positions.get('next') ?? 0); ; ) {
  const appended = Array.from({ length: AT_A_TIME }, async () => {
    const number = next++;
    await journal.append(Buffer.from(`line ${number}\n`), { next: String(number + 1) }, decide);
    stdout.write(`${number}\n`);
  });
  await Promise.all(appended);
}
