import { z } from 'zod';

/** Any name of the directory is this one: clients insist on some, and there is no other. */
export const tenantParams = z.object({
  tenant: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'is not the name of a directory')
    .describe('GUID, `adfs`, `common` …'),
});

/** RFC 6749, section 5.2, with the ids that Azure adds. */
export const oauthError = z
  .object({
    error: z.string(),
    error_description: z.string(),
    trace_id: z.string(),
    correlation_id: z.string(),
  })
  .meta({ id: 'OAuthError' });
