import { z } from 'zod';

/** Settings of a detector, as its schema gives them. */
export type Settings = Readonly<Record<string, unknown>>;

/** One setting with another value than now. */
export interface Variant {
  setting: string;
  now: unknown;
  tried: unknown;
}

interface Property {
  enum?: readonly unknown[];
  type?: string;
}

/** Each setting with values worth a try: every other word where there is a choice, half and twice a number. */
export function settingVariants(schema: z.ZodObject, now: Settings): Variant[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Property>;
  };
  return Object.entries(properties).flatMap(([setting, property]) =>
    valuesOf(property, now[setting])
      .filter((tried) => tried !== now[setting] && schema.safeParse({ ...now, [setting]: tried }).success)
      .map((tried) => ({ setting, now: now[setting], tried })),
  );
}

function valuesOf({ enum: words, type }: Property, now: unknown): readonly unknown[] {
  if (words) {
    return words;
  }
  if (typeof now === 'number') {
    const values = now === 0 ? [1] : [now / 2, now * 2];
    return type === 'integer' ? [...new Set(values.map(Math.round))] : values;
  }
  return type === 'boolean' ? [now !== true] : [];
}
