import type { Detector } from '../detectors/detector.ts';
import type { Engine } from '../model/resource.ts';
import type { Parser } from '../parsers/parser.ts';
import type { ResourcePlan, SourcePlan, StreamsPlan } from '../pipeline/plan.ts';
import { DOUBTFUL_SHARE, type Gap, gapsOf } from './gaps.ts';
import type { Settlement } from './log-groups.ts';
import { type GrowingLog, isOpen, type ResolvedSource, resolveGrowing, resolveSource } from './resolve-source.ts';

/** So few records of a log that grows do not show which kinds are missing. */
const FEW_RECORDS = 1000;

/** What a configuration says of its inputs. */
export interface Inputs {
  resources: readonly ResourcePlan[];
  streams: StreamsPlan;
}

/** Inputs whose formats are all known, and what is worth telling of those that had to be found out. */
export interface ResolvedInputs extends Inputs {
  notes: readonly string[];
  /** Of logs that grow: how those are read that were found out now, and those that tell too little yet. */
  settled: readonly { owner: string; source: SourcePlan; settlements: readonly Settlement[] }[];
  pending: readonly { owner: string; source: SourcePlan }[];
}

/** What is known of logs that grow. */
export interface Growing extends Omit<GrowingLog, 'known'> {
  /** @param owner key of the resource, or `streams` */
  knownOf(owner: string, source: SourcePlan): readonly Settlement[];
}

interface Plugins {
  parsers: readonly Parser[];
  detectors: readonly Pick<Detector, 'id' | 'watches'>[];
}

/**
 * Finds out each format and prefix that the configuration leaves open. Throws a `UserError` where none fits.
 *
 * @param growing the logs grow: of a resource those are left out that tell too little yet
 */
export async function resolveFormats(inputs: Inputs, plugins: Plugins, growing?: Growing): Promise<ResolvedInputs> {
  const found = { notes: [] as string[], settled: [] as Settled[], pending: [] as ResolvedInputs['pending'][number][] };

  async function resolveOne(source: SourcePlan, owner: Owner): Promise<readonly ResolvedSource[]> {
    const { key, name, engine } = owner;
    const request = { parsers: plugins.parsers, owner: name, ...(engine !== undefined && { engine }) };
    if (growing === undefined) {
      return resolveSource(source, request);
    }
    const known = growing.knownOf(key, source);
    const resolved = await resolveGrowing(source, request, { ...growing, known });
    if (resolved !== undefined) {
      found.settled.push({ owner: key, source, settlements: resolved.map(settlementOf) });
      return resolved;
    }
    if (mayWait(source, owner)) {
      found.pending.push({ owner: key, source });
      return [];
    }
    return resolveSource(source, request);
  }

  async function resolveAll(sources: readonly SourcePlan[], owner: Owner): Promise<SourcePlan[]> {
    const plans: SourcePlan[] = [];
    for (const source of sources) {
      const isReceived = source.intake !== undefined && (growing === undefined || !mayWait(source, owner));
      if (isReceived || !isOpen(source, plugins.parsers)) {
        plans.push(source);
        continue;
      }
      for (const resolved of await resolveOne(source, owner)) {
        plans.push(resolved.plan);
        found.notes.push(...notesOn(source, resolved, owner.name, plugins, growing !== undefined));
      }
    }
    return plans;
  }

  const resources: ResourcePlan[] = [];
  for (const plan of inputs.resources) {
    resources.push({ ...plan, sources: await resolveAll(plan.sources, plan.resource) });
  }
  const streams = await resolveAll(inputs.streams.sources, { key: 'streams', name: 'streams' });
  return { resources, streams: { ...inputs.streams, sources: streams }, ...found };
}

type Settled = ResolvedInputs['settled'][number];

/** Whose a log is: a resource, or all of whom streams tell. */
interface Owner {
  key: string;
  name: string;
  engine?: Engine;
}

/** Whether the prefix matters to it: records of Cosmos DB have none, and streams are of many servers. */
function mayWait({ format }: SourcePlan, { engine }: Owner): boolean {
  return engine === 'postgresql' || (engine !== undefined && format === 'auto');
}

function settlementOf({ plan: { format, logLinePrefix } }: ResolvedSource): Settlement {
  return { format, ...(logLinePrefix !== undefined && { logLinePrefix }) };
}

/**
 * What was chosen, and what detectors miss. Nothing where only a default was confirmed. A log that grows has perhaps not
 * told yet what it is asked to tell.
 */
function notesOn(
  source: SourcePlan,
  resolved: ResolvedSource,
  name: string,
  { detectors }: Plugins,
  isGrowing: boolean,
): string[] {
  const { plan, recognition } = resolved;
  if (recognition === undefined) {
    return [];
  }
  const isChosen = plan.format !== source.format || plan.logLinePrefix !== source.logLinePrefix;
  if (!isChosen && recognition.sample.share >= DOUBTFUL_SHARE) {
    return [];
  }
  const isShort = isGrowing && recognition.sample.records < FEW_RECORDS;
  const gaps = gapsOfSource(resolved, detectors).filter(({ tellsHow }) => !(isShort && tellsHow === true));
  return [
    `${name}: ${filesText(plan.files)} read as ${formatText(resolved)}`,
    ...gaps.map(
      ({ text, sql, tellsHow }) => `${name}: ${text}${sql.length > 0 && !tellsHow ? `; set ${settings(sql)}` : ''}`,
    ),
  ];
}

/**
 * `csvlog`, `stderr with log_line_prefix '%m [%p] ', in German, in objects of JSON`. Records with members of their own are told
 * without a default.
 */
export function formatText({ plan, parser, recognition }: ResolvedSource): string {
  const { envelopes = [], language } = recognition?.sample ?? {};
  const spoken = language === undefined || language === 'unknown' ? [] : [language];
  const wrapping = [...spoken, ...envelopes].map((name) => `, in ${name}`).join('');
  const fallback = parser.namesResources === true ? undefined : parser.defaultPrefix;
  const prefix = plan.logLinePrefix ?? fallback;
  const format = prefix === undefined ? parser.id : `${parser.id} with log_line_prefix '${prefix}'`;
  return format + wrapping;
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
  if (files.length === 0) {
    return 'what comes is';
  }
  return files.length === 1 ? `${files[0]} is` : `${files[0]} and ${files.length - 1} more are`;
}
