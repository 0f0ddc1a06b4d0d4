import { existsSync, readFileSync } from 'node:fs';

/** A country of the map, drawn in a box of 720 by 340. */
export interface DrawnCountry {
  /** As places may call it. */
  names: string[];
  /** Outline, in SVG's words. */
  path: string;
  /** Its middle. */
  x: number;
  y: number;
}

export const WORLD_WIDTH = 720;
export const WORLD_HEIGHT = 340;

const FILE = new URL('../../build/world.json', import.meta.url);

let read: readonly DrawnCountry[] | undefined;

/** All countries, read when they are first asked for; none where scripts/build-world.ts was not run. */
export function world(): readonly DrawnCountry[] {
  read ??= existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as DrawnCountry[]) : [];
  return read;
}
