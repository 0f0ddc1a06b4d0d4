import { z } from 'zod';
import { configSchema } from './config-schema.ts';
import { bareSchema } from './schema-tree.ts';

/** One setting of the reference page. */
interface Setting {
  /** `resources[].logs[].format` */
  path: string;
  type: string;
  /** What holds when it is absent: a value, `required`, or nothing. */
  fallback: string;
  description: string;
}

/** Every setting but those of detectors and notifiers, which have pages of their own, as a Markdown table. */
export function configReference(): string {
  const rows = settingsIn(configSchema({ parsers: [], detectors: [], notifiers: [] })).map(
    ({ path, type, fallback, description }) => `| \`${path}\` | ${type} | ${fallback} | ${description} |`,
  );
  return ['| setting | type | default | meaning |', '|---|---|---|---|', ...rows, ''].join('\n');
}

/** All settings below a schema, in the order of the schema. */
export function settingsIn(schema: z.core.$ZodType, path = ''): Setting[] {
  const bare = bareSchema(schema);
  if (bare instanceof z.ZodArray) {
    return settingsIn(bare.element, `${path}[]`);
  }
  if (bare instanceof z.ZodRecord) {
    return settingsIn(bare.valueType, `${path}.NAME`);
  }
  if (!(bare instanceof z.ZodObject)) {
    return [];
  }
  return Object.entries(bare.shape).flatMap(([key, value]: [string, z.ZodType]) => {
    const here = path === '' ? key : `${path}.${key}`;
    const own = {
      path: here,
      type: typeText(value),
      fallback: fallbackText(value),
      description: value.description ?? '',
    };
    return [own, ...settingsIn(value, here)];
  });
}

function typeText(schema: z.core.$ZodType): string {
  const bare = bareSchema(schema);
  if (bare instanceof z.ZodPipe) {
    return typeText(bare.in);
  }
  if (bare instanceof z.ZodArray) {
    const element = bareSchema(bare.element);
    return element instanceof z.ZodString ? 'list of texts' : 'list';
  }
  if (bare instanceof z.ZodEnum && bare.options.length > 0) {
    return bare.options.map((option) => `\`${option}\``).join(', ');
  }
  const names = {
    string: 'text',
    number: 'number',
    boolean: 'true or false',
    object: 'mapping',
    record: 'mapping',
    enum: 'text',
  };
  return names[bare._zod.def.type as keyof typeof names] ?? bare._zod.def.type;
}

function fallbackText(schema: z.ZodType): string {
  if (schema instanceof z.ZodExactOptional || schema instanceof z.ZodPrefault) {
    return '';
  }
  const absent = schema.safeParse(undefined);
  return absent.success ? `\`${JSON.stringify(absent.data)}\`` : 'required';
}
