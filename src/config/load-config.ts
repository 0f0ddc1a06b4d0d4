import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import type { EnrichmentSettings } from '../enrichers/enrichment.ts';
import type { Publisher } from '../enrichers/update-data-file.ts';
import type { OutboundPolicy } from '../lib/outbound/outbound-policy.ts';
import { UserError } from '../lib/user-error.ts';
import type { ExpectedRule } from '../model/expected-rule.ts';
import type { ProtectionSettings } from '../model/protection-settings.ts';
import { parseResourceId } from '../model/resource-id.ts';
import type { ResourcePlan, StreamsPlan } from '../pipeline/plan.ts';
import { type AddedResource, requireLogFolders, withAdded } from './added-resources.ts';
import type { ArchiveSettings } from './archive-schema.ts';
import type { Catalogue } from './catalogue.ts';
import { configProblem } from './config-problem.ts';
import { type ConfigSchema, configSchema } from './config-schema.ts';
import { detectorSettings } from './detector-settings.ts';
import { expectedRules } from './expected-rules.ts';
import { readableFile } from './log-files.ts';
import { type NotificationPlan, notificationPlan } from './notifications-schema.ts';
import { outboundPolicy } from './outbound-schema.ts';
import { valueAt } from './path-text.ts';
import { publisherOf } from './publisher-schema.ts';
import { readDocument } from './read-document.ts';
import { resolveReferences } from './references.ts';
import { refuseSecrets } from './refuse-secrets.ts';
import type { RetentionSettings } from './retention-schema.ts';
import type { ServerSettings } from './server-schema.ts';
import { planSources, planStreams } from './source-plans.ts';
import { storeUrlProblem } from './store-url.ts';

/** A configuration in which everything that it names was found. Paths are absolute. */
export interface Config {
  resources: readonly ResourcePlan[];
  streams: StreamsPlan;
  enrichment: EnrichmentSettings;
  /** Address of the store; relative paths are relative to `directory`. */
  storeUrl: string;
  /** Alerts that start earlier are historical: epoch milliseconds, or so long before the first start. */
  alertsFrom: number | { beforeMs: number };
  server: ServerSettings;
  /** Who is told of alerts, and how. */
  notifications: NotificationPlan;
  /** What the file says of a resource beside how it is judged, by its key. */
  declared: ReadonlyMap<string, Declaration>;
  /** Where it may be connected to. */
  outbound: OutboundPolicy;
  retention: RetentionSettings;
  archive: ArchiveSettings;
  /** Where data files are fetched from; paths are absolute. */
  publishers: readonly Publisher[];
  /** The folder that the configuration lies in. */
  directory: string;
}

/** Tags of a resource, and the settings of it that others may overrule. */
export interface Declaration {
  tags: Readonly<Record<string, string>>;
  settings: Pick<ProtectionSettings, 'recipients' | 'emailAccountAdmins'>;
  /** The file does not name it: people added it. */
  isAdded?: true;
}

/** What the whole of a configuration is read against. */
interface Scope {
  file: string;
  directory: string;
  catalogue: Catalogue;
  /** The document that the schema accepted, defaults not filled in. */
  given: z.input<ConfigSchema>;
  isLive: boolean;
}

/**
 * Reads, validates and resolves a configuration; a mistake in it is a `UserError` that names the place.
 *
 * @param isLive logs that are not there yet are no mistake
 * @param added resources beside those of the file
 */
export async function loadConfig(
  file: string,
  catalogue: Catalogue,
  isLive = false,
  added: readonly AddedResource[] = [],
): Promise<Config> {
  const directory = dirname(resolve(file));
  const written = await readDocument(file);
  const ofFile = resolveReferences(written, { file, directory, environment: process.env });
  const document = withAdded(ofFile, added);
  const schema = configSchema(catalogue, isLive);
  const parsed = schema.safeParse(document);
  if (!parsed.success) {
    throw new UserError(`${file}: ${configProblem(parsed.error.issues, written, schema)}`);
  }
  refuseSecrets(written, file);
  requireLogFolders(added, parsed.data.server.logFolders, directory);
  const scope = { file, directory, catalogue, isLive, given: document as z.input<ConfigSchema> };
  refuseStore(scope, valueAt(written, ['store', 'url']), parsed.data.store.url);
  const { resources, expected } = withExpected(planResources(scope, parsed.data), parsed.data, file);
  return {
    resources,
    streams: {
      sources: planStreams(parsed.data.streams, resources, scope),
      settings: detectorSettings(catalogue.detectors, [scope.given.detectors], `${file}: detectors`),
      expected,
    },
    enrichment: enrichmentSettings(scope, parsed.data),
    storeUrl: parsed.data.store.url,
    alertsFrom: parsed.data.alertsFrom,
    outbound: outboundPolicy(parsed.data.server.outbound, ofFile),
    retention: parsed.data.retention,
    archive: {
      ...parsed.data.archive,
      directory: resolve(directory, parsed.data.archive.directory ?? join(parsed.data.server.directory, 'archive')),
    },
    publishers: publishersOf(parsed.data, directory),
    server: absoluteServer(parsed.data.server, directory),
    notifications: notificationPlan(parsed.data.notifications, catalogue),
    declared: new Map(
      parsed.data.resources.map((item, i) => [
        resources[i]!.resource.key,
        { ...declarationOf(item), ...(added.some(({ id }) => id === item.id) && { isAdded: true as const }) },
      ]),
    ),
    directory,
  };
}

/** Each resource with the rules for what is expected, which hold for those that only streams name, too. */
function withExpected(
  plans: readonly ResourcePlan[],
  { expected: entries, networks, resources: written }: z.output<ConfigSchema>,
  file: string,
): { resources: ResourcePlan[]; expected: ExpectedRule[] } {
  const expected = expectedRules(entries, {
    file,
    networks: networks.map(({ name }) => name),
    resourceKeys: new Map(written.map(({ id }, i) => [id, plans[i]!.resource.key])),
  });
  return { resources: plans.map((plan) => ({ ...plan, expected })), expected };
}

function declarationOf({
  tags,
  recipients,
  emailAccountAdmins,
}: z.output<ConfigSchema>['resources'][number]): Declaration {
  return {
    tags,
    settings: {
      ...(recipients !== undefined && { recipients }),
      ...(emailAccountAdmins !== undefined && { emailAccountAdmins }),
    },
  };
}

function refuseStore({ file }: Scope, written: unknown, resolved: string): void {
  const problem = storeUrlProblem(typeof written === 'string' ? written : '', resolved);
  if (problem !== undefined) {
    throw new UserError(`${file}: store.url ${problem}`);
  }
}

function planResources(scope: Scope, config: z.output<ConfigSchema>): ResourcePlan[] {
  const firstOfKey = new Map<string, number>();
  return config.resources.map((item, index) => {
    const where = `${scope.file}: resources[${index}]`;
    const resource = parseResourceId(item.id, item.kind);
    if ('problem' in resource) {
      throw new UserError(`${where}.id ${resource.problem}`);
    }
    const first = firstOfKey.get(resource.key);
    if (first !== undefined) {
      throw new UserError(
        `${where}.id names the same resource as resources[${first}].id; put their logs under one entry`,
      );
    }
    firstOfKey.set(resource.key, index);
    const layers = [scope.given.detectors, scope.given.resources?.[index]?.detectors];
    return {
      resource,
      sources: planSources(item.logs, {
        resource,
        where,
        directory: scope.directory,
        parsers: scope.catalogue.parsers,
        isLive: scope.isLive,
      }),
      settings: detectorSettings(scope.catalogue.detectors, layers, `${where}.detectors`),
    };
  });
}

function enrichmentSettings(
  { file, directory }: Scope,
  { networks, enrichment }: z.output<ConfigSchema>,
): EnrichmentSettings {
  const names = networks.map(({ name }) => name);
  const doubled = names.findIndex((name, index) => names.indexOf(name) < index);
  if (doubled >= 0) {
    throw new UserError(
      `${file}: networks[${doubled}].name "${names[doubled]}" is taken by an earlier network; put all its addresses into one`,
    );
  }
  const fetched = publishersOf({ enrichment }, directory).filter((publisher) => existsSync(publisher.file));
  const found = (key: Publisher['kind']) => [
    ...enrichment[key].map((path, index) =>
      readableFile(resolve(directory, path), `${file}: enrichment.${key}[${index}]`),
    ),
    ...fetched.filter(({ kind }) => kind === key).map((publisher) => publisher.file),
  ];
  return {
    networks,
    geo: found('geo'),
    asn: found('asn'),
    cloudRanges: found('cloudRanges'),
    reputation: found('reputation'),
  };
}

function publishersOf({ enrichment }: Pick<z.output<ConfigSchema>, 'enrichment'>, directory: string): Publisher[] {
  return enrichment.publishers.map((publisher) => publisherOf(publisher, resolve(directory, publisher.file)));
}

function absoluteServer({ https, ...server }: ServerSettings, directory: string): ServerSettings {
  const files = Object.fromEntries(
    (['certificate', 'key'] as const).flatMap((name) =>
      https?.[name] === undefined ? [] : [[name, resolve(directory, https[name])]],
    ),
  );
  return {
    ...server,
    directory: resolve(directory, server.directory),
    ...(https !== undefined && { https: { ...https, ...files } }),
  };
}
