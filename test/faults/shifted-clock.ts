// To be imported before the program: what its clock on the wall shows is off by the milliseconds that a file holds.

import { readFileSync } from 'node:fs';

const file = process.env.SHIFTED_CLOCK!;
const { now } = Date;

Date.now = () => now() + Number(readFileSync(file, 'utf8'));
