import { duckdbCommand, ownCountsCommand } from './commands.ts';
import type { Workload } from './compare.ts';
import type { GroupByResults } from './group-by-load.ts';
import { measure } from './measure.ts';

/** Groups of each query, once DuckDB and Vedette's parsers agree on every one of them. Throws where they differ. */
export async function verifyCounts({ name, load, file }: Workload): Promise<Record<string, number>> {
  const theirs = await resultsOf([...duckdbCommand(load, file.path), '--rows']);
  const ours = await resultsOf(ownCountsCommand(load, file.path));
  const groups: Record<string, number> = {};
  for (const [query, expected] of Object.entries(theirs)) {
    const counted = ours[query] ?? {};
    const keys = new Set([...Object.keys(expected), ...Object.keys(counted)]);
    const wrong = [...keys].find((key) => expected[key] !== counted[key]);
    if (wrong !== undefined) {
      const [by, seen] = [JSON.stringify(wrong), counted[wrong]];
      throw new Error(`${name}: ${query} of ${by} is ${expected[wrong]} by DuckDB and ${seen} by Vedette's parser`);
    }
    groups[query] = keys.size;
  }
  return groups;
}

async function resultsOf(command: readonly string[]): Promise<GroupByResults> {
  return JSON.parse((await measure(command)).stdout) as GroupByResults;
}
