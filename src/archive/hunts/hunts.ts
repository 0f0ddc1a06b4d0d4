import { CHANGE_HUNTS } from './change-hunts.ts';
import { DATA_HUNTS } from './data-hunts.ts';
import type { Hunt } from './hunt.ts';
import { SIGN_IN_HUNTS } from './sign-in-hunts.ts';

/** All hunts, in the order in which they are listed. */
export const HUNTS: readonly Hunt[] = [...SIGN_IN_HUNTS, ...DATA_HUNTS, ...CHANGE_HUNTS];
