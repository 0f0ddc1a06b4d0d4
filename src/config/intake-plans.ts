import { UserError } from '../lib/user-error.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import { AUTO } from './catalogue.ts';
import { INTAKE_KEYS, type IntakeKey } from './intake-schema.ts';
import type { SourceScope } from './source-plans.ts';

/** An entry of `logs` whose records lie in no file. */
export type IntakeEntry = { format: string; timezone?: string; logLinePrefix?: string } & {
  [Key in IntakeKey]?: object;
};

const SOURCE_OF: Record<IntakeKey, string> = {
  push: 'http-push',
  kafka: 'kafka',
  syslog: 'syslog',
  blob: 'azure-blob',
};
/** What tells inputs of one kind apart. */
const NAMED_BY: Record<IntakeKey, readonly string[]> = {
  push: [],
  kafka: ['topic', 'group'],
  syslog: ['listen', 'hostname', 'appName'],
  blob: ['account', 'container', 'prefix'],
};

/** @param scope `known`: ids of the inputs of this resource so far */
export function planIntake(entry: IntakeEntry, scope: SourceScope & { known: Set<string> }): SourcePlan {
  const key = INTAKE_KEYS.find((candidate) => entry[candidate] !== undefined)!;
  const settings = entry[key]! as Record<string, string | undefined>; // those that name it are texts
  const names = NAMED_BY[key].map((name) => settings[name] ?? '*');
  const id = [SOURCE_OF[key], scope.resource.key, ...names].join(' ');
  if (scope.known.has(id)) {
    throw new UserError(`${scope.where} is there twice: its records would be judged twice; remove one`);
  }
  scope.known.add(id);
  const { timezone, logLinePrefix } = entry;
  return {
    format: formatOf(entry.format, key, scope),
    files: [],
    intake: { source: SOURCE_OF[key], id, settings },
    ...(timezone !== undefined && { timezone }),
    ...(logLinePrefix !== undefined && { logLinePrefix }),
  };
}

/** There is nothing yet out of which it could be found. */
function formatOf(format: string, key: IntakeKey, { where, resource }: SourceScope): string {
  if (format !== AUTO) {
    return format;
  }
  if (key === 'syslog') {
    return 'syslog';
  }
  if (key === 'push' && resource.engine === 'postgresql') {
    throw new UserError(`${where}.format is missing; name what is pushed, such as csvlog, jsonlog or azure`);
  }
  return 'azure';
}
