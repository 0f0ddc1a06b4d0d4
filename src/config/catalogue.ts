import type { z } from 'zod';
import type { Engine } from '../model/resource.ts';

/** The plugins that a configuration may name; whoever calls knows them, this folder does not. */
export interface Catalogue {
  /** Their ids are the words that `format` may be; the engine is what such a log can come from. */
  parsers: readonly { id: string; engines: readonly Engine[] }[];
  /** Each setting has a default, so that `{}` is complete. */
  detectors: readonly { id: string; settings: z.ZodObject }[];
}
