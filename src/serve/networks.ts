import type { NetworksPort } from '../api/context.ts';
import { type AddressData, withNetworks } from '../enrichers/enrichment.ts';
import { UserError } from '../lib/user-error.ts';
import type { NetworkSettings } from '../model/network-settings.ts';
import { networkRecords, networksInForce } from '../protection/named-networks.ts';
import type { Store } from '../store/store.ts';
import { watchRevision } from './watch-revision.ts';

/** The named networks of the file and of people, as they hold at present. */
export interface Networks {
  /** What is known of addresses, these networks included. */
  readonly addressData: AddressData;
  readonly port: NetworksPort;
  /** Other data were loaded; holds together with the networks that are in force. */
  replace(loaded: AddressData): Promise<void>;
  /** The file says something else by now; holds within a second. */
  declare(declared: readonly NetworkSettings[]): void;
  /** Calls whenever others hold. Returns how to stop. */
  watch(change: (data: AddressData) => void): () => void;
}

/**
 * @param loaded with the networks of the file
 * @param note one line for the log
 */
export async function openNetworks(
  store: Store,
  loaded: AddressData,
  first: readonly NetworkSettings[],
  note: (text: string) => void,
): Promise<Networks> {
  let declared = first;
  let addressData = loaded;
  let held = declared;
  let inForce = JSON.stringify(declared);

  /** False where nothing has changed. */
  async function renew(): Promise<boolean> {
    const wanted = networksInForce(declared, await networkRecords(store));
    const text = JSON.stringify(wanted);
    if (text === inForce) {
      return false;
    }
    inForce = text;
    const problem = await problemOf(wanted);
    if (problem !== undefined) {
      note(`networks set in the portal are passed over: ${problem}`);
    }
    held = problem === undefined ? wanted : declared;
    addressData = await withNetworks(addressData, held);
    return true;
  }

  await renew();
  return {
    get addressData() {
      return addressData;
    },
    async replace(data) {
      addressData = await withNetworks(data, held);
    },
    port: { declared: () => declared, problemOf },
    declare(next) {
      declared = next;
    },
    watch: (change) =>
      watchRevision(store, async () => {
        if (await renew()) {
          change(addressData);
          note('addresses are known by other named networks from now on');
        }
      }),
  };
}

/** Why networks cannot hold together; undefined: they can. */
async function problemOf(networks: readonly NetworkSettings[]): Promise<string | undefined> {
  try {
    await withNetworks({ tables: {}, attributions: [], notes: [] }, networks);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) {
      return error.message;
    }
    throw error;
  }
}
