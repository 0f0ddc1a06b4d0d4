import { createHash } from 'node:crypto';
import { type Mix, type OpenSession, openerOf, recordOf } from './csvlog-sessions.ts';
import { ensureGenerated, type GeneratedFile, type Write } from './generated-file.ts';
import { createRandom, type Random } from './random.ts';
import { render, type SessionTemplates, Slot } from './session-templates.ts';
import { createStatements, withStatementHoles } from './shapes.ts';
import { SPAN_MS, START_TIME, timeText } from './time-text.ts';

/**
 * `conn`: 21% received, 18% authenticated, 18% authorized, 2.5% refused, 18% disconnected, 22% statements and errors.
 * `stmt`: 99% statements. `wide`: as `conn`, by more than 250,000 principals from 200,000 addresses.
 * `shapes`: as `stmt`, with 60,000 statements that differ in more than literals.
 */
export const MIXES = {
  conn: { guesses: 0.02, refused: 0.025, bare: 0.02, bodyLength: 1.25, people: 500, addresses: 1200, roundRobin: 0 },
  stmt: { guesses: 0.001, refused: 0.05, bare: 0.02, bodyLength: 450, people: 500, addresses: 1200, roundRobin: 0 },
  wide: {
    guesses: 0.02,
    refused: 0.025,
    bare: 0.02,
    bodyLength: 1.25,
    people: 280_000,
    addresses: 200_000,
    roundRobin: 0.85,
  },
  shapes: {
    guesses: 0.001,
    refused: 0.05,
    bare: 0.02,
    bodyLength: 450,
    people: 500,
    addresses: 1200,
    roundRobin: 0,
    hasShapes: true,
  },
} as const satisfies Record<string, Mix>;
export type MixName = keyof typeof MIXES;

/** Sessions that are open at a time; a record continues any of them. */
const OPEN_SESSIONS = 60;
/** The place of the attacker's session beside them: one guess after another. */
const ATTACKER_SLOT = OPEN_SESSIONS;
const GUESSES_PER_ATTACK = 40;
/** A guess leaves two records: the connection and the refusal. */
const RECORDS_PER_ATTACK = 2 * GUESSES_PER_ATTACK;
/** Share of the records that an attack makes while it lasts. */
const ATTACK_INTENSITY = 0.5;
/** Raised when the generator's output changes, so that old files are not taken for new ones. */
const GENERATOR_VERSION = 2;

/** Amplifies recorded sessions into a csvlog of one server that spans 20 days. */
export function generateCsvlog(
  name: string,
  mixName: MixName,
  records: number,
  seed: number,
  templates: SessionTemplates,
): GeneratedFile {
  const digest = createHash('sha256').update(JSON.stringify(templates)).digest('hex');
  const parameters = { version: GENERATOR_VERSION, mix: MIXES[mixName], seed, templates: digest };
  return ensureGenerated(name, records, parameters, (write) =>
    writeSessions(MIXES[mixName], records, createRandom(seed), templates, write),
  );
}

function writeSessions(mix: Mix, records: number, random: Random, templates: SessionTemplates, write: Write): void {
  const opener = openerOf(mix, random, mix.hasShapes ? withStatementHoles(templates) : templates);
  const nextStatement = mix.hasShapes ? createStatements(random) : undefined;
  const stepMs = SPAN_MS / records;
  const sessions: (OpenSession | undefined)[] = [];
  let attackLeft = 0;
  for (let written = 0; written < records; written++) {
    const time = START_TIME + (written + random.fraction()) * stepMs;
    if (attackLeft === 0 && random.fraction() < mix.guesses / GUESSES_PER_ATTACK) {
      attackLeft = RECORDS_PER_ATTACK;
      opener.startAttack(time);
    }
    let slot = random.below(OPEN_SESSIONS);
    if (attackLeft > 0 && random.fraction() < ATTACK_INTENSITY) {
      slot = ATTACKER_SLOT;
      attackLeft--;
    }
    const session = sessions[slot] ?? (slot === ATTACKER_SLOT ? opener.guess(time) : opener.open(time));
    session.values[Slot.time] = timeText(time);
    session.values[Slot.line] = String(session.position + 1);
    session.values[Slot.statement] = nextStatement?.() ?? '';
    write(render(recordOf(session), session.values));
    session.position++;
    sessions[slot] = session.position < session.length ? session : undefined;
  }
}
