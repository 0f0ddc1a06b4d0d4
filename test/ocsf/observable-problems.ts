import type { Definitions } from './definitions.ts';

type Json = Record<string, unknown>;

/** An observable as an event tells it: a pointer into the event, and what stands there. */
interface Observable {
  name?: string;
  type_id: number;
  type?: string;
  value?: string;
}

/** Every observable must be of a kind that OCSF numbers, and point to a member that holds its value. */
export function observableProblems(event: Json, ocsf: Definitions): string[] {
  const observables = (event.observables ?? []) as Observable[];
  return observables.flatMap(({ name = '', type_id: id, type, value }, i) => {
    const kind = kindAt(ocsf, name);
    return [
      ...(kind?.id === id ? [] : [`observables[${i}] is of kind ${id}, but ${name} is of ${String(kind?.id)}`]),
      ...(type === undefined || type === kind?.caption ? [] : [`observables[${i}].type is ${type}`]),
      ...(valueAt(event, name) === value ? [] : [`observables[${i}] is not what stands at ${name}`]),
    ];
  });
}

/** The kind of observable that a member is: by itself, by its place in the dictionary, or by its type. */
function kindAt(ocsf: Definitions, path: string): { id: number; caption: string } | undefined {
  let definition = ocsf.event('findings/detection_finding');
  const names = path.replaceAll(/\[\d+\]/g, '').split('.');
  for (const [i, name] of names.entries()) {
    const attribute = definition.attributes[name];
    if (attribute === undefined) {
      return undefined;
    }
    if (i < names.length - 1) {
      definition = ocsf.object(attribute.type);
      continue;
    }
    if (attribute.observable !== undefined) {
      return { id: attribute.observable, caption: `${definition.caption} Object: ${name}` };
    }
    const { observable: id, caption } = ocsf.scalars[attribute.type] ?? {};
    return id === undefined || caption === undefined ? undefined : { id, caption };
  }
  return undefined;
}

function valueAt(event: Json, path: string): unknown {
  const names = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  return names.reduce<unknown>((value, name) => (value as Json | undefined)?.[name], event);
}
