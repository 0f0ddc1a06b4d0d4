import { z } from 'zod';

/** Sign-in through an OpenID provider. */
export const oidcSchema = z.strictObject({
  issuer: z.url({ protocol: /^https?$/ }).describe('Address of the provider, as its discovery document tells it.'),
  clientId: z.string().min(1).describe('What the provider calls Vedette.'),
  clientSecret: z.string().min(1).describe('Secret of the client; only as a reference, such as `${env:OIDC_SECRET}`.'),
  label: z.string().min(1).max(60).default('Single sign-on').describe('What the button says.'),
  scopes: z.array(z.string().min(1)).default(['openid', 'profile', 'email']).describe('What is asked for.'),
  groupsClaim: z.string().min(1).default('groups').describe('The claim that holds the groups, or roles, of a person.'),
  roles: z
    .array(
      z.strictObject({
        group: z.string().min(1).describe('A value of the claim.'),
        role: z.enum(['Security Reader', 'Security Admin', 'Owner']).describe('What its members may do.'),
        scope: z.string().min(1).default('/').describe('Where: `/`, or the id of a subscription, group or resource.'),
      }),
    )
    .default([])
    .describe('Roles by group. Who has none, and is given none here, is not let in.'),
});

export type OidcSettings = z.output<typeof oidcSchema>;
