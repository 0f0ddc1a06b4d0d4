import { ACCESS_ATTACKS } from './access-attacks.ts';
import { COMMAND_ATTACKS } from './command-attacks.ts';
import { DRAWING_ATTACKS } from './drawing-attacks.ts';
import { GUESSING_ATTACKS } from './guessing-attacks.ts';
import { INJECTION_ATTACKS } from './injection-attacks.ts';
import type { ServerAttack } from './server-attack.ts';
import { STEALING_ATTACKS } from './stealing-attacks.ts';

export const SERVER_ATTACKS: readonly ServerAttack[] = [
  ...ACCESS_ATTACKS,
  ...GUESSING_ATTACKS,
  ...STEALING_ATTACKS,
  ...INJECTION_ATTACKS,
  ...COMMAND_ATTACKS,
  ...DRAWING_ATTACKS,
];
