import { describe, expect, it } from 'vitest';
import { RecentRequests } from './recent-requests.ts';

const MANY = 16_384;

describe('RecentRequests', () => {
  it('knows who made a request', () => {
    const requests = new RecentRequests();
    requests.note(1, 2, 7, 9, 200);
    const slot = requests.find(1, 2);
    expect([requests.principal[slot], requests.address[slot], requests.find(2, 1)]).toEqual([7, 9, 0]);
  });

  it('keeps to the first of two with one name', () => {
    const requests = new RecentRequests();
    requests.note(1, 2, 7, 9, 200);
    requests.note(1, 2, 8, 10, 200);
    const slot = requests.find(1, 2);
    expect(requests.principal[slot]).toBe(7);
  });

  it('forgets the oldest first, and stays bounded', () => {
    const requests = new RecentRequests();
    for (let i = 1; i <= 3 * MANY + 5; i++) {
      requests.note(i, -i, i, i, 200);
    }
    const oldest = 2 * MANY + 6;
    expect(requests.find(oldest - 1, 1 - oldest)).toBe(0);
    for (const i of [oldest, oldest + 1, 3 * MANY, 3 * MANY + 5]) {
      expect(requests.principal[requests.find(i, -i)]).toBe(i);
    }
    expect(requests.principal.length).toBe(MANY + 1);
  });

  it('holds the ids of those it knows', () => {
    const requests = new RecentRequests();
    requests.note(1, 1, 7, 9, 200);
    requests.note(2, 2, 8, 10, 200);
    const held: string[] = [];
    requests.hold({ principal: (id) => held.push(`p${id}`), address: (id) => held.push(`a${id}`) });
    expect(held.sort()).toEqual(['a10', 'a9', 'p7', 'p8']);
  });
});
