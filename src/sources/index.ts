import { fileTail } from './file-tail/file-tail.ts';
import type { Source } from './source.ts';

/** Every way in. */
export const sources: readonly Source[] = [fileTail];
