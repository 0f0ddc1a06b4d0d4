import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ALERT_SWITCHES } from '../../model/alert-switches.ts';
import type { ApiContext, DetectorFacts } from '../context.ts';
import { problems } from './schemas.ts';

const setting = z.object({
  name: z.string(),
  description: z.string(),
  type: z.enum(['number', 'integer', 'boolean', 'string', 'other']),
  default: z.unknown(),
  choices: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
const shape = z
  .object({
    id: z.string(),
    title: z.string(),
    attack: z.array(z.object({ tactic: z.string(), technique: z.string() })),
    switches: z.array(z.string()).describe('Names in `disabledAlerts` that turn it off.'),
    settings: z.array(setting),
  })
  .meta({ id: 'Detector' });

interface Property {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
}

/** What can be found, and the settings that there are. */
export function detectorRoutes(plain: FastifyInstance, { catalogue = [] }: ApiContext): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/detectors',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Detectors'],
        summary: 'List detectors with their settings',
        response: { 200: z.object({ items: z.array(shape) }), ...problems },
      },
    },
    async () => ({ items: catalogue.map(describe) }),
  );
}

function describe({ id, title, attack, settings }: DetectorFacts): z.output<typeof shape> {
  const { properties = {} } = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Property>;
  };
  return {
    id,
    title,
    attack: attack.map(({ tactic, technique }) => ({ tactic, technique })),
    switches: Object.entries(ALERT_SWITCHES).flatMap(([name, ids]) => (ids.includes(id) ? [name] : [])),
    settings: Object.entries(properties).map(([name, property]) => describeSetting(name, property)),
  };
}

function describeSetting(name: string, property: Property): z.output<typeof setting> {
  const { type, description = '', default: value, enum: choices, minimum, maximum } = property;
  const isKnown = type === 'number' || type === 'integer' || type === 'boolean' || type === 'string';
  return {
    name,
    description,
    type: isKnown ? type : 'other',
    default: value,
    ...(choices !== undefined && { choices: choices.map(String) }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
}
