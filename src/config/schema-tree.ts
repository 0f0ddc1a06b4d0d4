import { z } from 'zod';

/** Kinds of schema that only say what happens when a value is absent. */
const WRAPPERS = [z.ZodOptional, z.ZodExactOptional, z.ZodNullable, z.ZodDefault, z.ZodPrefault];

/** The schema that stands behind `optional`, `default`, `transform` and their like: of what is written. */
export function bareSchema(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe && schema.in instanceof z.ZodObject) {
    return schema.in;
  }
  const isWrapper = WRAPPERS.some((wrapper) => schema instanceof wrapper);
  return isWrapper ? bareSchema((schema as z.ZodOptional).unwrap()) : schema;
}

/** Keys that a mapping at `path` may have; empty where the schema has no mapping. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let here: z.core.$ZodType | undefined = bareSchema(schema);
  for (const step of path) {
    here = here && childAt(here, step);
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function childAt(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodArray) {
    return bareSchema(schema.element);
  }
  const child: z.core.$ZodType | undefined = schema instanceof z.ZodObject ? schema.shape[String(step)] : undefined;
  return child && bareSchema(child);
}
