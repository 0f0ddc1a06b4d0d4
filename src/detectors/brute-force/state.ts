import type { Holder } from '../detector.ts';
import { allOf, type Campaigns, createCampaigns } from './campaigns.ts';
import { type Clients, createClients } from './clients.ts';
import type { Guessing } from './guessing.ts';
import { Homes } from './homes.ts';
import type { Looks } from './looking-around.ts';
import type { Programs } from './programs.ts';

export interface State {
  /** Who logs in from where: failures there are stale passwords, not guesses. */
  homes: Homes;
  clients: Clients;
  campaigns: Campaigns;
  programs: Programs;
  /** Who is let in, and refused much else. */
  looks: Looks;
}

export function createState(): State {
  return {
    homes: new Homes(),
    clients: createClients(),
    campaigns: createCampaigns(),
    programs: new Map(),
    looks: new Map(),
  };
}

/** All that is being counted: of clients, of campaigns, of programs, of who looks around. */
export function* guessingsOf({ clients, campaigns, programs, looks }: State): Iterable<Guessing> {
  for (const { burst, slow } of clients.byKey.values()) {
    yield burst;
    if (slow !== burst) {
      yield slow;
    }
  }
  for (const { guessing } of allOf(campaigns)) {
    yield guessing;
  }
  yield* programs.values();
  for (const { guessing } of looks.values()) {
    yield guessing;
  }
}

export function holdState(state: State, holder: Holder): void {
  const { homes, clients, campaigns } = state;
  clients.guessed = undefined; // ids that nobody holds are given to others
  for (const address of clients.byAddress.keys()) {
    holder.address(address);
  }
  for (const guessing of guessingsOf(state)) {
    holdGuessing(guessing, holder);
  }
  for (const principals of [campaigns.byPrincipal, campaigns.firstClients]) {
    for (const principal of principals.keys()) {
      holder.principal(principal);
    }
  }
  for (const [principal, { operations }] of state.looks) {
    holder.principal(principal);
    for (const [container, kinds] of operations) {
      [container, ...kinds].forEach((word) => {
        holder.word(word);
      });
    }
  }
  homes.hold(holder);
}

function holdGuessing({ names, addresses, entered }: Guessing, holder: Holder): void {
  for (const address of addresses.keys()) {
    holder.address(address);
  }
  for (const principal of names.keys()) {
    holder.principal(principal);
  }
  for (const { id, address } of entered) {
    holder.principal(id);
    holder.address(address);
  }
}
