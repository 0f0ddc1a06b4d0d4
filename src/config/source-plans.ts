import { realpathSync } from 'node:fs';
import { UserError } from '../lib/user-error.ts';
import type { Resource } from '../model/resource.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import type { Catalogue } from './catalogue.ts';
import { findFiles } from './log-files.ts';

/** One entry of `logs`. */
interface LogEntry {
  path: string;
  format: string;
  timezone?: string;
  logLinePrefix?: string;
}

interface SourceScope {
  resource: Resource;
  /** Begins messages about a setting: `vedette.yaml: resources[0]`. */
  where: string;
  /** Relative paths start here. */
  directory: string;
  parsers: Catalogue['parsers'];
}

/** The logs of one resource, each with its files. No file may come twice: its records would be judged twice. */
export function planSources(logs: readonly LogEntry[], scope: SourceScope): SourcePlan[] {
  const entryOfFile = new Map<string, number>();
  return logs.map((log, index) => {
    requireEngine(log.format, `${scope.where}.logs[${index}]`, scope);
    const files = findFiles(log.path, scope.directory, scope.resource.name);
    for (const file of files) {
      refuseDouble(file, index, entryOfFile, scope);
    }
    const { format, timezone, logLinePrefix } = log;
    return {
      format,
      files,
      ...(timezone !== undefined && { timezone }),
      ...(logLinePrefix !== undefined && { logLinePrefix }),
    };
  });
}

function requireEngine(format: string, where: string, { resource, parsers }: SourceScope): void {
  const fitting = parsers.filter(({ engines }) => engines.includes(resource.engine)).map(({ id }) => id);
  if (!fitting.includes(format)) {
    const choice = fitting.length === 0 ? 'this version reads no log of that kind' : `use one of ${fitting.join(', ')}`;
    throw new UserError(`${where}.format "${format}" is not a log of ${resource.engine}; ${choice}`);
  }
}

function refuseDouble(file: string, index: number, entryOfFile: Map<string, number>, { resource }: SourceScope): void {
  const target = realpathSync(file);
  const earlier = entryOfFile.get(target);
  if (earlier !== undefined) {
    throw new UserError(
      `${resource.name}: "${file}" is matched by logs[${earlier}] and by logs[${index}]; narrow one of them`,
    );
  }
  entryOfFile.set(target, index);
}
