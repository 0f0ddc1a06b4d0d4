import { type Random, randomAddress } from './random.ts';
import { type RecordTemplate, type SessionTemplate, type SessionTemplates, Slot } from './session-templates.ts';
import { SPAN_MS, START_TIME, timeText } from './time-text.ts';

/** What a csvlog is made of. Shares are of the sessions that are no guesses. */
export interface Mix {
  /** Guesses of attackers per record of the file. */
  guesses: number;
  /** Refused to people at home: stale passwords. */
  refused: number;
  /** Connections of which nothing but `connection received` is logged, as probes and port checks leave them. */
  bare: number;
  /** Mean records between sign-in and disconnection. */
  bodyLength: number;
  people: number;
  addresses: number;
  /** Share of the sign-ins that go through all people in turn, so that each of them is seen. */
  roundRobin: number;
  /** Statements are made up, of very many shapes, instead of taken from the recordings. */
  hasShapes?: boolean;
}

export interface OpenSession {
  template: SessionTemplate;
  /** Position in the opening, the body and the closing together, and how many there will be. */
  position: number;
  length: number;
  bodyLength: number;
  /** Where in the recorded body this one begins. */
  bodyOffset: number;
  /** By `Slot`. */
  values: string[];
}

export interface Opener {
  open(time: number): OpenSession;
  /** Chooses the address that the next guesses come from. */
  startAttack(time: number): void;
  guess(time: number): OpenSession;
}

/** Attackers take turns, four at work at a time. */
const ATTACKERS = 40;
const ATTACKERS_AT_WORK = 4;
const ATTACKER_TURN_MS = SPAN_MS / ATTACKERS;
/** Sign-ins from an address that nobody has used before. */
const TRAVEL_SHARE = 0.00005;
const DATABASES = 20;
const MAX_HOMES = 4;
/** Linux's pid_max on 64-bit machines; ours stay below. */
const MAX_PID = 4_190_000;
const FIRST_PORT = 32_768;
const PORTS = 28_000;

/** The record that stands at the session's position. */
export function recordOf({ template, position, bodyLength, bodyOffset }: OpenSession): RecordTemplate {
  const { opening, body, closing } = template;
  if (position < opening.length) {
    return opening[position]!;
  }
  const inBody = position - opening.length;
  return inBody < bodyLength ? body[(bodyOffset + inBody) % body.length]! : closing[inBody - bodyLength]!;
}

/** Starts sessions of people, who keep to one to four homes, and of attackers. */
export function openerOf(mix: Mix, random: Random, templates: SessionTemplates): Opener {
  const people = createPeople(mix, random);
  const start = sessionStarter(random);
  const attackers = Array.from({ length: ATTACKERS }, () => randomAddress(random));
  let attacker = '';
  return {
    open(time) {
      const kind = random.fraction();
      if (kind < mix.refused) {
        return start(time, random.pick(templates.refused), people.anybody());
      }
      const template = random.pick(templates.signedIn);
      if (kind < mix.refused + mix.bare) {
        return { ...start(time, template, people.anybody()), length: 1 };
      }
      return start(time, template, people.next(), random.below(2 * mix.bodyLength + 1));
    },
    startAttack(time) {
      const first = Math.floor((time - START_TIME) / ATTACKER_TURN_MS);
      attacker = attackers[(first + random.below(ATTACKERS_AT_WORK)) % ATTACKERS]!;
    },
    guess: (time) => start(time, random.pick(templates.refused), { ...people.anybody(), address: attacker }),
  };
}

interface Client {
  person: number;
  address: string;
}

function createPeople(mix: Mix, random: Random): { anybody(): Client; next(): Client } {
  const addresses = Array.from({ length: mix.addresses }, () => randomAddress(random));
  const homes = Uint32Array.from({ length: mix.people * MAX_HOMES }, () => random.below(addresses.length));
  const homeCounts = Uint8Array.from({ length: mix.people }, () => 1 + random.below(MAX_HOMES));
  let turn = 0;
  const atHome = (person: number): Client => ({
    person,
    address: addresses[homes[person * MAX_HOMES + random.below(homeCounts[person]!)]!]!,
  });
  const anybody = (): Client => atHome(random.below(mix.people));
  return {
    anybody,
    next() {
      const client = random.fraction() < mix.roundRobin ? atHome(turn++ % mix.people) : anybody();
      return random.fraction() < TRAVEL_SHARE ? { ...client, address: randomAddress(random) } : client;
    },
  };
}

type StartSession = (time: number, template: SessionTemplate, client: Client, bodyLength?: number) => OpenSession;

function sessionStarter(random: Random): StartSession {
  let pid = 1000;
  return (time, template, { person, address }, bodyLength = 0) => {
    pid = pid > MAX_PID ? 1000 : pid + 1 + random.below(3);
    const values = Array.from<string>({ length: Object.keys(Slot).length });
    values[Slot.user] = `${template.role}_${person}`;
    values[Slot.database] = `${template.database}_${person % DATABASES}`;
    values[Slot.pid] = String(pid);
    values[Slot.address] = address;
    values[Slot.port] = String(FIRST_PORT + random.below(PORTS));
    values[Slot.sessionId] = `${Math.floor(time / 1000).toString(16)}.${pid.toString(16)}`;
    values[Slot.start] = `${timeText(time).slice(0, 19)} UTC`;
    const length = template.opening.length + bodyLength + template.closing.length;
    return { template, position: 0, length, bodyLength, bodyOffset: random.below(template.body.length), values };
  };
}
