/** A JSON Schema as the document has it: OpenAPI 3.1, made of zod's. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  examples?: readonly unknown[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  schema: Schema;
}

/** What may be asked of the server. */
export interface Operation {
  /** `PUT /api/v1/policies/{name}` */
  id: string;
  method: string;
  path: string;
  parameters: readonly Parameter[];
  /** Absent: it takes no body. */
  body?: { type: string; schema: Schema };
  /** Name of the only proof that it takes, where that is not everybody's. */
  scheme?: string;
}

export interface OpenApiDocument {
  paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  components?: { schemas?: Readonly<Record<string, Schema>> };
}

interface DocumentedOperation {
  parameters?: readonly Parameter[];
  requestBody?: { content: Readonly<Record<string, DocumentedBody>> };
  security?: readonly Readonly<Record<string, readonly string[]>>[];
}

interface DocumentedBody {
  schema: Schema;
  /** One example of the whole stands here, and several below: fastify's document has them beside the schema. */
  example?: unknown;
  examples?: Readonly<Record<string, { value: unknown }>>;
}

/** Every operation of the document, in its order. */
export function operationsOf({ paths }: OpenApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { parameters = [], requestBody, security = [] }]) => {
      const [scheme] = Object.keys(security[0] ?? {});
      const [body] = Object.entries(requestBody?.content ?? {});
      return {
        id: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        parameters,
        ...(body !== undefined && { body: { type: body[0], schema: schemaOf(body[1]) } }),
        ...(scheme !== undefined && { scheme }),
      };
    }),
  );
}

function schemaOf({ schema, example, examples = {} }: DocumentedBody): Schema {
  const told = [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)];
  return told.length === 0 ? schema : { ...schema, examples: told };
}
