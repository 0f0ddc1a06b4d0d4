import type { ResourceIntakePort } from '../api/context.ts';
import type { AddedResource } from '../config/added-resources.ts';
import { type Config, loadConfig } from '../config/load-config.ts';
import { UserError } from '../lib/user-error.ts';
import type { Plugins } from '../pipeline/replay-resource.ts';
import { allResources } from '../store/all-resources.ts';
import type { Store } from '../store/store.ts';
import { watchRevision } from './watch-revision.ts';

/** The configuration: what the file says, with the resources that people added at run time. */
export interface ConfigReader {
  /** Rejects with a `UserError` where the file is bad; an added resource that is bad is left out, and told. */
  load(): Promise<Config>;
  readonly port: ResourceIntakePort;
  /** Calls when others are added than at the last `load`. Returns how to stop. */
  watch(changed: () => Promise<void>): () => void;
}

/**
 * @param file path of `vedette.yaml`
 * @param note one line for the log
 */
export function createConfigReader(
  file: string,
  plugins: Plugins,
  store: Store,
  note: (text: string) => void,
): ConfigReader {
  let loaded = '[]';

  async function added(): Promise<AddedResource[]> {
    const rows = await allResources(store, { origins: ['added'] });
    return rows.flatMap(({ declaration }) => (declaration === undefined ? [] : [declaration as AddedResource]));
  }

  /** Those that can be read together with the file. */
  async function usable(all: readonly AddedResource[]): Promise<AddedResource[]> {
    const good: AddedResource[] = [];
    for (const one of all) {
      const problem = await problemOf([...good, one]);
      if (problem === undefined) {
        good.push(one);
      } else {
        note(`${one.id}, which was added in the portal, is not watched: ${problem}`);
      }
    }
    return good;
  }

  async function problemOf(all: readonly AddedResource[]): Promise<string | undefined> {
    try {
      await loadConfig(file, plugins, true, all);
      return undefined;
    } catch (error) {
      if (error instanceof UserError) {
        return error.message;
      }
      throw error;
    }
  }

  return {
    async load() {
      await loadConfig(file, plugins, true); // what is wrong with the file itself
      const all = await added();
      loaded = JSON.stringify(all);
      const isGood = (await problemOf(all)) === undefined;
      return loadConfig(file, plugins, true, isGood ? all : await usable(all));
    },
    port: { problemOf: async (one) => problemOf([...(await added()), one]) },
    watch: (changed) =>
      watchRevision(store, async () => {
        if (JSON.stringify(await added()) !== loaded) {
          await changed();
        }
      }),
  };
}
