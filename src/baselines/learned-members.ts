import type { Learned } from '../model/learned.ts';
import type { Members } from './members.ts';

/** Facts of one table of members: people read no more. */
const MOST = 2000;

/** Who is a member, in words. Changes nothing. @param time event time, milliseconds */
export function learnedMembers(members: Members, time: number, nameOf: (id: number) => string): Learned[] {
  const { isLearning } = members.judge('new', time);
  return members.latest(MOST).map(({ id, ...member }) => {
    return { kind: 'principal', principal: nameOf(id), value: '', ...member, isLearning };
  });
}
