import type { Learned } from '../model/learned.ts';
import { learningOf } from './learning.ts';
import type { Members } from './members.ts';

/** Facts of one table of members: people read no more. */
const MOST = 2000;

/** Who is a member, in words. Changes nothing. @param time event time, milliseconds */
export function learnedMembers(
  members: Members,
  kind: 'principal' | 'caller',
  time: number,
  nameOf: (id: number) => string,
): Learned[] {
  const learning = learningOf(members.firstTime ?? time, members.seen, time);
  return members.latest(MOST).map(({ id, ...member }) => {
    return { kind, principal: nameOf(id), value: '', ...member, ...learning };
  });
}
