import { openStore } from '../open-store.ts';
import { aWrite } from '../testkit-rows.ts';

/** Writes alerts and checkpoints without end, many at once; prints the number of each that was acknowledged. */
const store = await openStore(process.argv[2]!);
const [owner] = await store.state.claim([1], 'test');
const first = Number(process.argv[3]);
const LANES = 8;

await Promise.all(Array.from({ length: LANES }, (_, lane) => writeOn(first + lane)));

async function writeOn(n: number): Promise<never> {
  for (let number = n; ; number += LANES) {
    const write = aWrite(number);
    const message = { alertName: write.alert.name, alertVersion: 1, channel: 'email', dueTime: 0 };
    const state = Uint8Array.from(Buffer.from(String(number)));
    const resources = [{ resourceKey: `lane-${n % LANES}`, state, positions: state }];
    await store.alerts.upsert(owner!, [write], [message]);
    await store.state.checkpoint([{ owner: owner!, resources }]);
    process.stdout.write(`${number}\n`);
  }
}
