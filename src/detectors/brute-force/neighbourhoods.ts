import { hashText } from '../../lib/hash-text.ts';
import { parseIp } from '../../lib/ip.ts';
import { grown, PairTable } from '../../lib/pair-table.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';
import { ANYBODY } from './attempt.ts';

/** Subnets of one neighbourhood that make a principal one that moves: a role of pods, which are on any node. */
const MOVING = 3;
/** Addresses of one region of a cloud that make it one that comes from any of them, as serverless clients do. */
const SERVERLESS = 16;
/** Pairs counted at a time; beyond, nothing is added. */
const MAX_PAIRS = 65_536;

type Whereabouts = Pick<Activity, 'place' | 'address' | 'directory'>;

/**
 * In how many subnets of each neighbourhood (/16 of private IPv4, /48 of IPv6) each principal has logged in, and
 * anybody; and from how many addresses of each region of a cloud. A program that is on other nodes of its cluster every
 * week is at home on the next one, too, and one that a cloud runs wherever there is room, in all of the region. About 24
 * bytes a pair.
 */
export class Neighbourhoods {
  private readonly pairs = new PairTable();
  private subnets = new Int32Array(9);

  /** Notes that a principal, or `ANYBODY`, logs in from a subnet, or an address of a cloud, for the first time. */
  add(principal: Id, login: Whereabouts): void {
    const neighbourhood = neighbourhoodOf(login);
    if (neighbourhood === 0) {
      return;
    }
    const known = this.pairs.find(principal, neighbourhood);
    if (known === 0 && this.pairs.size >= MAX_PAIRS) {
      return;
    }
    const slot = known || this.pairs.add(principal, neighbourhood);
    if (slot >= this.subnets.length) {
      this.subnets = grown(this.subnets, this.pairs.capacity + 1);
    }
    this.subnets[slot] = known === 0 ? 1 : this.subnets[slot]! + 1;
  }

  /** Whether a principal moves about in the neighbourhood of an attempt. */
  isMoving(principal: Id, attempt: Whereabouts): boolean {
    const neighbourhood = neighbourhoodOf(attempt);
    const many = regionOf(attempt) === undefined ? MOVING : SERVERLESS;
    return neighbourhood !== 0 && this.subnets[this.pairs.find(principal, neighbourhood)]! >= many;
  }

  hold(holder: Holder): void {
    this.pairs.forEach((slot) => {
      if (this.pairs.first(slot) !== ANYBODY) {
        holder.principal(this.pairs.first(slot));
      }
    });
  }
}

/** The region of a cloud that an address is from; undefined for others. */
function regionOf({ place, address, directory }: Whereabouts): string | undefined {
  const isPublic = place !== 0 && directory.place(place).kind === 'public';
  const cloud = isPublic ? directory.cloudRegionOf(address) : undefined;
  return cloud === undefined ? undefined : `${cloud.provider}/${cloud.region}`;
}

/**
 * Of a private address, or one of a cloud, a number that it shares with its neighbours; 0 for others, whose neighbours
 * are strangers.
 */
function neighbourhoodOf(where: Whereabouts): number {
  const { place, address, directory } = where;
  const region = regionOf(where);
  if (region !== undefined) {
    return hashText(region) | 1;
  }
  const lanes =
    place !== 0 && directory.place(place).kind === 'private'
      ? parseIp(directory.addressText(address))?.lanes
      : undefined;
  if (lanes === undefined) {
    return 0;
  }
  return lanes.length === 1 ? lanes[0]! >>> 16 : (lanes[0]! ^ (lanes[1]! >>> 16)) | 1;
}
