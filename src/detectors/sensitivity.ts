import { z } from 'zod';

/** Setting that every detector has: how soon it speaks. */
export const sensitivity = z
  .enum(['low', 'medium', 'high'])
  .default('medium')
  .describe('How soon the detector speaks: `low` asks for more evidence than `medium`, `high` for less.');

export type Sensitivity = z.output<typeof sensitivity>;
