import type { LostInput, SourceHealth } from '../model/resource-health.ts';
import type { IntakePlan } from '../pipeline/plan.ts';
import type { IntakeStatus } from '../sources/intake.ts';

/** How one input that is no file fares. */
export interface IntakeReport {
  inputId: string;
  /** Key of the resource, or `streams`. */
  owner: string;
  status: IntakeStatus;
}

/** Lost on the way in, before anything could be judged. */
export interface IntakeGap {
  owner: string;
  gap: LostInput;
}

/** How an input is called where people read it; a configuration's secrets are not in it. */
export function intakeName({ source, settings, stream }: IntakePlan): string {
  const { listen, topic, container, prefix } = settings as Record<string, string | undefined>;
  const place = [listen ?? topic ?? container ?? stream, prefix].filter((part) => part !== undefined);
  return [source, ...place].join(' ');
}

export function sourceHealthOf(
  plan: IntakePlan,
  reading: Pick<SourceHealth, 'format' | 'logLinePrefix' | 'lacks'> & { isPending: boolean },
  status: IntakeStatus | undefined,
): SourceHealth {
  const { isPending, ...read } = reading;
  const { state = 'running', problem = '', lastTime, bytes = 0, messages = 0, refused = {} } = status ?? {};
  return {
    ...read,
    name: intakeName(plan),
    source: plan.source,
    state: state === 'running' && isPending ? 'pending' : state,
    ...(problem !== '' && { problem }),
    ...(lastTime !== undefined && { lastTime }),
    bytes,
    messages,
    refused: Object.entries(refused).map(([reason, rest]) => ({ reason, ...rest })),
  };
}
