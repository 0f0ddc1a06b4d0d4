import type { z } from 'zod';
import type { Engine } from '../model/resource.ts';

/** The word for a format that is found out when the log is read. */
export const AUTO = 'auto';

/** The plugins that a configuration may name; whoever calls knows them, this folder does not. */
export interface Catalogue {
  /**
   * Their ids are the words that `format` may be; the engines are what such a log can come from. Only records that name
   * resources can be shared.
   */
  parsers: readonly { id: string; engines: readonly Engine[]; namesResources?: boolean }[];
  /** Each setting has a default, so that `{}` is complete. */
  detectors: readonly { id: string; settings: z.ZodObject; isPreview?: boolean }[];
  /** Absent where nobody is told of anything. */
  notifiers?: readonly { id: string; title: string; settings: z.ZodObject }[];
}
