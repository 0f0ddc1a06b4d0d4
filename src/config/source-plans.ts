import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../lib/user-error.ts';
import type { Resource } from '../model/resource.ts';
import type { ResourcePlan, SourcePlan } from '../pipeline/plan.ts';
import { AUTO, type Catalogue } from './catalogue.ts';
import { type IntakeEntry, planIntake } from './intake-plans.ts';
import { findFiles, findFilesBelow } from './log-files.ts';

/** One entry of `logs` or `streams`. */
interface FileEntry {
  path: string;
  format: string;
  timezone?: string;
  logLinePrefix?: string;
}

export type LogEntry = IntakeEntry & { path?: string };

export interface SourceScope {
  resource: Resource;
  /** Begins messages about a setting: `vedette.yaml: resources[0]`. */
  where: string;
  /** Relative paths start here. */
  directory: string;
  parsers: Catalogue['parsers'];
  /** Files may come later. */
  isLive: boolean;
}

/** The logs of one resource, each with its files. No file may come twice: its records would be judged twice. */
export function planSources(logs: readonly LogEntry[], scope: SourceScope): SourcePlan[] {
  const entryOfFile = new Map<string, string>();
  const intakeIds = new Set<string>();
  return logs.map((log, index) => {
    const where = `${scope.where}.logs[${index}]`;
    requireEngine(log.format, where, scope);
    if (log.path === undefined) {
      const { key: owner, engine } = scope.resource;
      return planIntake(log, { owner, engine, where, known: intakeIds });
    }
    const files = findFiles(log.path, scope.directory, scope.resource.name, scope.isLive);
    refuseDoubles(files, `logs[${index}]`, entryOfFile, scope.resource.name);
    return { ...sourcePlan(log, files), pattern: resolve(scope.directory, log.path) };
  });
}

export type StreamEntry = LogEntry & { name?: string };

/** The shared inputs. No file may come twice, nor be a log of a resource. */
export function planStreams(
  streams: readonly StreamEntry[],
  resources: readonly ResourcePlan[],
  { file, directory, isLive }: { file: string; directory: string; isLive: boolean },
): SourcePlan[] {
  const entryOfFile = new Map<string, string>();
  const known = new Set<string>();
  for (const { resource, sources } of streams.length > 0 ? resources : []) {
    for (const path of sources.flatMap(({ files }) => files)) {
      entryOfFile.set(realpathSync(path), `the logs of ${resource.name}`);
    }
  }
  return streams.map((stream, index) => {
    const where = `${file}: streams[${index}]`;
    if (stream.path === undefined) {
      return planStreamIntake(stream, where, known, resources);
    }
    const { files, pattern } = findFilesBelow(stream.path, directory, where, isLive);
    refuseDoubles(files, `streams[${index}]`, entryOfFile, file);
    return { ...sourcePlan(stream, files), pattern };
  });
}

/** Records are pushed to streams and resources under one address: their names differ. */
function planStreamIntake(
  stream: StreamEntry,
  where: string,
  known: Set<string>,
  resources: readonly ResourcePlan[],
): SourcePlan {
  const name = stream.name?.toLowerCase();
  if (resources.some(({ resource }) => resource.name.toLowerCase() === name)) {
    throw new UserError(`${where}.name "${stream.name}" is the name of a resource, too; choose another one`);
  }
  const plan = planIntake(stream, { owner: name ?? 'streams', where, known });
  return name === undefined ? plan : { ...plan, intake: { ...plan.intake!, stream: name } };
}

function sourcePlan(
  { format, timezone, logLinePrefix }: Omit<FileEntry, 'path'>,
  files: readonly string[],
): SourcePlan {
  return {
    format,
    files,
    ...(timezone !== undefined && { timezone }),
    ...(logLinePrefix !== undefined && { logLinePrefix }),
  };
}

function requireEngine(format: string, where: string, { resource, parsers }: SourceScope): void {
  const fitting = parsers.filter(({ engines }) => engines.includes(resource.engine)).map(({ id }) => id);
  if (format !== AUTO && !fitting.includes(format)) {
    const choice = fitting.length === 0 ? 'this version reads no log of that kind' : `use one of ${fitting.join(', ')}`;
    throw new UserError(`${where}.format "${format}" is not a log of ${resource.engine}; ${choice}`);
  }
}

function refuseDoubles(files: readonly string[], entry: string, entryOfFile: Map<string, string>, owner: string): void {
  for (const file of files) {
    const target = realpathSync(file);
    const earlier = entryOfFile.get(target);
    if (earlier !== undefined) {
      throw new UserError(`${owner}: "${file}" is matched by ${earlier} and by ${entry}; narrow one of them`);
    }
    entryOfFile.set(target, entry);
  }
}
