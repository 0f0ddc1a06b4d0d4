import { type Activity, ActivityClass, type Id } from '../../model/activity.ts';
import type { Report } from '../detector.ts';
import { type Burst, type Origin, startAfresh } from './burst.ts';
import { addAttempt, addBurst, countOf, createProbe, type Probe } from './probe.ts';
import { MEDIUM_FAILURES, probeFinding } from './probe-finding.ts';
import type { Limits } from './settings.ts';

/** Probes followed at a time; of more, the quarter that has been quiet for longest is settled and forgotten. */
const MAX_PROBES = 1024;
/** Quiet after which the same is another matter: as long as alerts stay open. */
const QUIET_MS = 24 * 3_600_000;

/** What was told of sources: probes by the id of their address, and the few odd packets of all others as one. */
export interface Told {
  probes: Map<Id, Probe>;
  noise: Probe | undefined;
}

interface Telling {
  limits: Limits;
  report: Report;
}

export function createTold(): Told {
  return { probes: new Map(), noise: undefined };
}

/** The probe of an address to which more can be added. */
export function openProbe({ probes }: Told, address: Id, time: number): Probe | undefined {
  const probe = probes.get(address);
  return probe !== undefined && time - probe.lastTime <= QUIET_MS ? probe : undefined;
}

/** Adds to a probe that was told; false when there is none. */
export function follow(told: Told, { address, time }: Activity, burst: Burst, report: Report): boolean {
  const probe = openProbe(told, address, time);
  if (probe === undefined) {
    forget(told, address, report);
    return false;
  }
  addBurst(probe, probe.facts, burst);
  startAfresh(burst, time);
  return true;
}

/** Adds a login from where a probe came from. */
export function noteLogin(
  told: Told,
  { address, time, class: kind, principal, directory }: Activity,
  report: Report,
): void {
  const probe = told.probes.size === 0 ? undefined : openProbe(told, address, time);
  if (probe === undefined) {
    return;
  }
  const isIn = kind === ActivityClass.authentication;
  addAttempt(probe, directory.principal(principal), isIn, time);
  if (isIn ? probe.logins === 1 : probe.failures === MEDIUM_FAILURES) {
    tell(probe, report);
  }
}

/** Tells what a burst was that nobody made up for by a login. */
export function tellBurst(told: Told, address: Id, burst: Burst, telling: Telling): void {
  const origin = burst.origin!;
  if (burst.isOver) {
    tellProbe(told, address, burst, origin, telling);
    return;
  }
  if (origin.facts.namedNetwork?.trusted !== true) {
    tellNoise(told, burst, origin, telling.report);
  }
  startAfresh(burst, burst.lastTime);
}

export function tellProbe(told: Told, address: Id, burst: Burst, origin: Origin, { limits, report }: Telling): void {
  if (origin.facts.namedNetwork?.trusted !== true) {
    if (told.probes.size === MAX_PROBES) {
      const byAge = [...told.probes].sort(([, a], [, b]) => a.lastTime - b.lastTime);
      for (const [id] of byAge.slice(0, MAX_PROBES / 4)) {
        forget(told, id, report);
      }
    }
    const probe = createProbe('probe', origin, burst, limits.probeCount);
    addBurst(probe, origin.facts, burst);
    told.probes.set(address, probe);
    tell(probe, report);
  }
  startAfresh(burst, burst.lastTime);
}

/** Brings alerts up to date. */
export function settleTold({ probes, noise }: Told, report: Report): void {
  for (const probe of probes.values()) {
    settle(probe, report);
  }
  settle(noise, report);
}

function tellNoise(told: Told, burst: Burst, origin: Origin, report: Report): void {
  const isOpen = told.noise !== undefined && burst.lastTime - told.noise.lastTime <= QUIET_MS;
  if (!isOpen) {
    settle(told.noise, report);
    told.noise = createProbe('noise', origin, burst, 1);
  }
  const noise = told.noise!;
  if (addBurst(noise, origin.facts, burst) || !isOpen) {
    tell(noise, report);
  }
}

function forget({ probes }: Told, address: Id, report: Report): void {
  settle(probes.get(address), report);
  probes.delete(address);
}

function settle(probe: Probe | undefined, report: Report): void {
  if (probe !== undefined && countOf(probe) > probe.told) {
    tell(probe, report);
  }
}

function tell(probe: Probe, report: Report): void {
  probe.told = countOf(probe);
  report.finding(probeFinding(probe));
}
