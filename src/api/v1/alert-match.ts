import { z } from 'zod';
import { SEVERITIES } from './alert-shapes.ts';

const patterns = z.array(z.string().min(1).max(500)).min(1).max(500).exactOptional();

/** Which alerts are meant; all that is given must fit. */
export const alertMatch = z
  .strictObject({
    severities: z.array(z.enum(SEVERITIES)).min(1).max(4).exactOptional(),
    alertTypes: patterns,
    resources: patterns,
    tags: z.record(z.string().min(1).max(512), z.string().max(256)).exactOptional(),
  })
  .meta({ id: 'AlertMatch' });
