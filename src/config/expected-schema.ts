import { z } from 'zod';
import type { Catalogue } from './catalogue.ts';

const DATE = z.iso.date();
const MOMENT = z.iso.datetime({ offset: true });

const condition = (description: string) => z.string().min(1).exactOptional().describe(description);

/** One entry of `expected`. */
export function expectedSchema({ detectors }: Catalogue) {
  return z
    .strictObject({
      principal: condition(
        'Name of the principal, or a beginning with an asterisk: `v-token-*`. Of several principals, each must fit.',
      ),
      network: condition(
        'Where it comes from: a network such as 198.51.100.0/24, or the name of an entry of `networks`. Of several addresses, each must fit.',
      ),
      application: condition('Name that the client gives itself, or a beginning with an asterisk: `shop-api/*`.'),
      detector: z
        .enum(detectors.map(({ id }) => id))
        .exactOptional()
        .describe('Id of the only detector whose findings are meant.'),
      alertType: condition('The only `alertType` that is meant.'),
      resource: condition('The only resource that is meant, as its `id` is written.'),
      until: z
        .string()
        .refine(isTime, 'must be the last day, such as 2026-12-24, or a moment with its zone')
        .describe('Last day in UTC, or the moment, on which the rule holds, in the time of the events.'),
      owner: z.string().min(1).describe('Who answers for it.'),
      reason: z.string().min(1).describe('Why it is expected.'),
    })
    .refine(
      ({ principal, network, application }) => (principal ?? network ?? application) !== undefined,
      'would silence whole detectors; name a principal, a network or an application',
    );
}

export type ExpectedEntry = z.output<ReturnType<typeof expectedSchema>>;

function isTime(text: string): boolean {
  return DATE.safeParse(text).success || MOMENT.safeParse(text).success;
}
