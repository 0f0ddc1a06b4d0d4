import type { FastifyInstance } from 'fastify';
import type { Journal } from '../journal/journal.ts';
import { STREAMS_KEY } from '../live/live-plan.ts';
import type { IntakePlan, ResourcePlan, SourcePlan, StreamsPlan } from '../pipeline/plan.ts';
import { azureBlob } from '../sources/azure-blob/azure-blob.ts';
import type { BlobSettings } from '../sources/azure-blob/container-client.ts';
import { type HttpPushOptions, httpPush, type PushTarget, registerHttpPush } from '../sources/http-push/http-push.ts';
import type { Intake, IntakeStatus } from '../sources/intake.ts';
import { kafka } from '../sources/kafka/kafka.ts';
import type { KafkaSettings } from '../sources/kafka/kafka-settings.ts';
import { type SyslogListener, type SyslogRoute, startSyslog, syslog } from '../sources/syslog/syslog.ts';
import type { IntakeGap, IntakeReport } from './intake-reports.ts';
import type { Journals } from './journals.ts';

/** An input with what it needs to run. */
interface Input {
  plan: IntakePlan;
  format: string;
  journal: Journal;
  /** What it is called where records are pushed: key and name of a resource, name of a stream; in small letters. */
  names: readonly string[];
  /** Lower-cased id of the resource whose tokens may push; `/`: tokens of everything. */
  scope: string;
}

/** All that says where records come from. */
export interface Incoming {
  resources: readonly ResourcePlan[];
  streams: StreamsPlan;
}

/** All that receives or fetches, by what the configuration says. */
export interface Intakes {
  /** Starts what is configured, after ending what was before; what cannot be listened at is told and tried no more. */
  run(incoming: Incoming): Promise<void>;
  /** Adds `POST /api/v1/ingest/{resource}` to an application. */
  registerIngest(app: FastifyInstance): void;
  /** How each fares; those that were pushed to among them. */
  reports(): IntakeReport[];
  /** Gaps since they were last asked for; of an address that several share, for each of them. */
  takeGaps(): IntakeGap[];
  /** What is acknowledged is on disk when it resolves. */
  stop(): Promise<void>;
}

/** What of a push may be known by its token: the secret of the input, or the store's tokens. */
export type Authorize = (
  token: string,
  target: { plan: IntakePlan; scope: string } | undefined,
) => ReturnType<HttpPushOptions['authorize']>;

export function createIntakes(journals: Journals, authorize: Authorize, note: (text: string) => void): Intakes {
  let inputs: Input[] = [];
  let running = new Map<string, Intake>();
  /** What could not be begun. */
  const failed = new Map<string, IntakeStatus>();
  let pushStatus: ((name: string) => Pick<Intake, 'status'> | undefined) | undefined;

  async function stop(): Promise<void> {
    await Promise.all([...running.values()].map((intake) => intake.close()));
    running = new Map();
    failed.clear();
  }

  function intakeOf(plan: IntakePlan, names: readonly string[]): Pick<Intake, 'status'> | undefined {
    return plan.source === httpPush.id ? pushStatus?.(names[0]!) : running.get(keyOf(plan));
  }

  function pushInput(name: string): Input | undefined {
    const key = name.toLowerCase();
    return inputs.find(({ plan, names }) => plan.source === httpPush.id && names.includes(key));
  }

  async function startSyslogs(): Promise<void> {
    const ofSyslog = inputs.filter(({ plan }) => plan.source === syslog.id);
    for (const [listen, sharing] of Map.groupBy(ofSyslog, ({ plan }) => (plan.settings as SyslogSettings).listen)) {
      try {
        const intake = await startSyslog(listenerOf(sharing[0]!.plan.settings as SyslogSettings), sharing.map(routeOf));
        running.set(`${syslog.id} ${listen}`, intake);
      } catch (error) {
        const problem = `cannot listen at ${listen} (${(error as NodeJS.ErrnoException).code}); free the address and reload`;
        failed.set(`${syslog.id} ${listen}`, { state: 'refused', problem, bytes: 0, messages: 0, refused: {} });
        note(`syslog ${problem}`);
      }
    }
  }

  return {
    async run(incoming) {
      await stop(); // clients of other people's services take long to load: only where they are needed
      inputs = await inputsOf(incoming, journals);
      for (const { plan, journal, format } of inputs.filter((input) => input.plan.source === kafka.id)) {
        const { startKafka } = await import('../sources/kafka/start-kafka.ts');
        running.set(plan.id, startKafka({ settings: plan.settings as KafkaSettings, journal, format }));
      }
      for (const { plan, journal } of inputs.filter((input) => input.plan.source === azureBlob.id)) {
        const { startAzureBlob } = await import('../sources/azure-blob/start-azure-blob.ts');
        running.set(plan.id, startAzureBlob({ settings: plan.settings as BlobSettings, journal }));
      }
      await startSyslogs();
    },
    registerIngest(app) {
      pushStatus = registerHttpPush(app, {
        routeConfig: { access: { open: 'ingest' }, rateLimit: false },
        targetOf: (name): PushTarget | undefined => pushInput(name),
        authorize(token, name) {
          const input = pushInput(name);
          return authorize(token, input && { plan: input.plan, scope: input.scope });
        },
      });
    },
    reports() {
      return inputs.flatMap(({ plan, names, scope }) => {
        const status = failed.get(keyOf(plan)) ?? intakeOf(plan, names)?.status();
        return status === undefined ? [] : [{ inputId: plan.id, owner: ownerOf(scope), status }];
      });
    },
    takeGaps() {
      const taken = new Map([...running].map(([key, intake]) => [key, intake.takeGaps()] as const));
      return inputs.flatMap(({ plan, scope }) =>
        (taken.get(keyOf(plan)) ?? []).map((gap) => ({ owner: ownerOf(scope), gap })),
      );
    },
    stop,
  };
}

async function inputsOf({ resources, streams }: Incoming, journals: Journals): Promise<Input[]> {
  const inputs: Input[] = [];
  async function add(sources: readonly SourcePlan[], scope: string, names: readonly string[]): Promise<void> {
    for (const { intake, format } of sources) {
      if (intake !== undefined) {
        const name = intake.stream === undefined ? [] : [intake.stream];
        inputs.push({ plan: intake, format, scope, names: [...names, ...name], journal: await journals.of(intake) });
      }
    }
  }
  for (const { resource, sources } of resources) {
    await add(sources, resource.key, [resource.key, resource.name.toLowerCase()]);
  }
  await add(streams.sources, '/', []);
  return inputs;
}

/** Inputs that listen at one address are one at work. */
function keyOf({ source, id, settings }: IntakePlan): string {
  return source === syslog.id ? `${syslog.id} ${(settings as SyslogSettings).listen}` : id;
}

function ownerOf(scope: string): string {
  return scope === '/' ? STREAMS_KEY : scope;
}

type SyslogSettings = Omit<SyslogListener, 'transport' | 'host' | 'port'> &
  Omit<SyslogRoute, 'journal'> & { listen: string };

function listenerOf({ listen, ...more }: SyslogSettings): SyslogListener {
  const { protocol, hostname, port } = new URL(listen);
  const transport = protocol.slice(0, -1) as SyslogListener['transport'];
  return { ...more, transport, host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
}

function routeOf({ plan, journal }: Input): SyslogRoute {
  const { hostname, appName } = plan.settings as SyslogSettings;
  return { journal, ...(hostname !== undefined && { hostname }), ...(appName !== undefined && { appName }) };
}
