/** Principals of which one application is told one by one; all further ones are one matter. */
export const MAX_ALONE = 8;
/** Unless so much time passes in which nobody comes through it. */
const QUIET_MS = 24 * 3_600_000;
/** Applications counted at a time; of more the one that was not told for longest is forgotten. */
const MAX_FAMILIES = 1024;

/** By family, of how many principals it was told, and when it last came: a tool that everybody has is no matter of each. */
export type CommonTools = Map<string, { principals: number; time: number }>;

/** Whether an application was told of so many principals that the next one is not told by itself. */
export function isCommon(tools: CommonTools, family: string, time: number): boolean {
  const known = tools.get(family);
  return known !== undefined && known.principals >= MAX_ALONE && time - known.time <= QUIET_MS;
}

/** Notes that an application was told of somebody, alone or among others. */
export function noteTool(tools: CommonTools, family: string, time: number): void {
  const known = tools.get(family);
  if (known === undefined && tools.size === MAX_FAMILIES) {
    const [oldest] = tools.keys();
    tools.delete(oldest!);
  }
  const before = known !== undefined && time - known.time <= QUIET_MS ? known.principals : 0;
  tools.delete(family);
  tools.set(family, { principals: Math.min(before + 1, MAX_ALONE), time });
}
