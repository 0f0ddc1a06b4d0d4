import type { Detector } from '../detectors/detector.ts';
import type { Engine } from '../model/resource.ts';
import type { Parser } from '../parsers/parser.ts';
import type { ResourcePlan, SourcePlan, StreamsPlan } from '../pipeline/plan.ts';
import { DOUBTFUL_SHARE, type Gap, gapsOf } from './gaps.ts';
import { isOpen, type ResolvedSource, resolveSource } from './resolve-source.ts';

/** What a configuration says of its inputs. */
export interface Inputs {
  resources: readonly ResourcePlan[];
  streams: StreamsPlan;
}

/** Inputs whose formats are all known, and what is worth telling of those that had to be found out. */
export interface ResolvedInputs extends Inputs {
  notes: readonly string[];
}

interface Plugins {
  parsers: readonly Parser[];
  detectors: readonly Pick<Detector, 'id' | 'watches'>[];
}

/** Finds out each format and prefix that the configuration leaves open. Throws a `UserError` where none fits. */
export async function resolveFormats(inputs: Inputs, plugins: Plugins): Promise<ResolvedInputs> {
  const notes: string[] = [];

  async function resolveAll(sources: readonly SourcePlan[], name: string, engine?: Engine): Promise<SourcePlan[]> {
    const plans: SourcePlan[] = [];
    for (const source of sources) {
      if (source.intake !== undefined || !isOpen(source, plugins.parsers)) {
        plans.push(source);
        continue;
      }
      const request = { parsers: plugins.parsers, owner: name, ...(engine !== undefined && { engine }) };
      for (const resolved of await resolveSource(source, request)) {
        plans.push(resolved.plan);
        notes.push(...notesOn(source, resolved, name, plugins));
      }
    }
    return plans;
  }

  const resources: ResourcePlan[] = [];
  for (const plan of inputs.resources) {
    const { name, engine } = plan.resource;
    resources.push({ ...plan, sources: await resolveAll(plan.sources, name, engine) });
  }
  return {
    resources,
    streams: { ...inputs.streams, sources: await resolveAll(inputs.streams.sources, 'streams') },
    notes,
  };
}

/** What was chosen, and what detectors miss. Nothing where only a default was confirmed. */
function notesOn(source: SourcePlan, resolved: ResolvedSource, name: string, { detectors }: Plugins): string[] {
  const { plan, recognition } = resolved;
  if (recognition === undefined) {
    return [];
  }
  const isChosen = plan.format !== source.format || plan.logLinePrefix !== source.logLinePrefix;
  if (!isChosen && recognition.sample.share >= DOUBTFUL_SHARE) {
    return [];
  }
  return [
    `${name}: ${filesText(plan.files)} read as ${formatText(resolved)}`,
    ...gapsOfSource(resolved, detectors).map(
      ({ text, sql, tellsHow }) => `${name}: ${text}${sql.length > 0 && !tellsHow ? `; set ${settings(sql)}` : ''}`,
    ),
  ];
}

/** `csvlog`, `stderr with log_line_prefix '%m [%p] '`. Records with members of their own are told without a default. */
export function formatText({ plan, parser }: ResolvedSource): string {
  const fallback = parser.namesResources === true ? undefined : parser.defaultPrefix;
  const prefix = plan.logLinePrefix ?? fallback;
  return prefix === undefined ? parser.id : `${parser.id} with log_line_prefix '${prefix}'`;
}

/** What a log lacks, as far as its beginning shows. */
export function gapsOfSource(
  { plan, parser, recognition }: ResolvedSource,
  detectors: Plugins['detectors'],
  engine?: Engine,
): Gap[] {
  if (recognition === undefined) {
    return [];
  }
  const { sample } = recognition;
  const [only, other] = parser.engines;
  const seen = sample.activities.dataAccess > 0 ? 'cosmosdb' : 'postgresql';
  return gapsOf({
    sample,
    engine: engine ?? (other === undefined && only !== undefined ? only : seen),
    prefix: plan.logLinePrefix ?? parser.defaultPrefix,
    detectors,
  });
}

/** `ALTER SYSTEM SET x = y;` → `x = y`. */
function settings(sql: readonly string[]): string {
  return sql.map((statement) => statement.replace(/^ALTER SYSTEM SET (.*);$/, '$1')).join(', ');
}

function filesText(files: readonly string[]): string {
  return files.length === 1 ? `${files[0]} is` : `${files[0]} and ${files.length - 1} more are`;
}
