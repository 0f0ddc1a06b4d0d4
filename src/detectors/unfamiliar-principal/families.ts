const DAY_MS = 86_400_000;
/** Families remembered; of more the one that got a name longest ago is forgotten. */
const MAX_FAMILIES = 4096;
/** From so many names on a machine is at work: one more says nothing. */
const MACHINE_NAMES = 3;
const MEMORY_MS = 60 * DAY_MS;
/** One family is reported at most once in this time. */
const SUSPICION_MS = 30 * DAY_MS;

interface Family {
  names: number;
  lastTime: number;
  /** When one of its names was last reported; −∞ for never. */
  reportedTime: number;
}

/** Names that machines make up, such as those of dynamic credentials: by what they have in common. */
export type Families = Map<string, Family>;

/** What one more name of a family is: of its own, one as usual, or one of a family that was reported lately. */
export type Kinship = 'alone' | 'usual' | 'reported';

/** @param key what the name has in common with others, see `familyOf` */
export function kinshipOf(families: Families, name: string, key: string, time: number): Kinship {
  const family = families.get(key);
  if (family === undefined || key === name || time - family.lastTime > MEMORY_MS) {
    return 'alone';
  }
  if (time - family.reportedTime < SUSPICION_MS) {
    return 'reported';
  }
  return family.names >= MACHINE_NAMES ? 'usual' : 'alone';
}

/** Somebody accepted a name of the families that fit: they make up names as before. */
export function acceptFamily(families: Families, fits: (family: string) => boolean): void {
  for (const [key, family] of families) {
    if (fits(key)) {
      family.reportedTime = Number.NEGATIVE_INFINITY;
    }
  }
}

/** Notes one more name, unless it is a family of its own. */
export function noteName(families: Families, name: string, key: string, time: number, isReported: boolean): void {
  if (key === name) {
    return;
  }
  const family = families.get(key) ?? { names: 0, lastTime: time, reportedTime: Number.NEGATIVE_INFINITY };
  families.delete(key);
  if (families.size >= MAX_FAMILIES) {
    families.delete(families.keys().next().value!);
  }
  family.names++;
  family.lastTime = Math.max(family.lastTime, time);
  family.reportedTime = isReported ? Math.max(family.reportedTime, time) : family.reportedTime;
  families.set(key, family);
}
