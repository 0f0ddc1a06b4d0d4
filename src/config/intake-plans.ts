import { UserError } from '../lib/user-error.ts';
import type { Engine } from '../model/resource.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import { AUTO } from './catalogue.ts';
import { INTAKE_KEYS, type IntakeKey } from './intake-schema.ts';

/** Whose the records are, and where the setting stands. */
export interface IntakeScope {
  /** Tells the inputs of this owner from those of others: key of a resource, name of a stream. */
  owner: string;
  /** Absent: records name whose they are. */
  engine?: Engine;
  where: string;
  /** Ids of the inputs so far. */
  known: Set<string>;
}

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

export function planIntake(entry: IntakeEntry, scope: IntakeScope): SourcePlan {
  const key = INTAKE_KEYS.find((candidate) => entry[candidate] !== undefined)!;
  const settings = entry[key]! as Record<string, string | undefined>; // those that name it are texts
  const names = NAMED_BY[key].map((name) => settings[name] ?? '*');
  const id = [SOURCE_OF[key], scope.owner, ...names].join(' ');
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
function formatOf(format: string, key: IntakeKey, { where, engine }: IntakeScope): string {
  if (format !== AUTO) {
    return format;
  }
  if (key === 'syslog' && engine !== undefined) {
    return 'syslog';
  }
  if (key === 'push' && engine === 'postgresql') {
    throw new UserError(`${where}.format is missing; name what is pushed, such as csvlog, jsonlog or azure`);
  }
  return 'azure';
}
