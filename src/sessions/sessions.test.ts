import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type RecordBytes, Sessions } from './sessions.ts';

const MAX_SESSIONS = 16_384;

/** A window in which each line is written behind the one before; `refill` forgets what was read. */
function createWindow(): RecordBytes & { write(text: string): { start: number; end: number }; refill(): void } {
  const bytes = new Uint8Array(4096);
  let end = 0;
  let before = 0;
  return {
    bytes,
    offsetOf: (position) => before + position,
    write(text) {
      const start = end;
      end += new TextEncoder().encodeInto(text, bytes.subarray(start)).written;
      return { start, end };
    },
    refill() {
      before += end;
      end = 0;
      bytes.fill(0);
    },
  };
}

function openSession(sessions: Sessions, name: number, principal: number, time = name): number {
  const slot = sessions.open(name, name, time);
  if (principal !== 0) {
    sessions.authenticate(slot, principal, time);
  }
  return slot;
}

function linesOf(sessions: Sessions, slot: number): { byteOffset: number; text: string }[] {
  return sessions.lines(slot).map(({ byteOffset, bytes, start, end }) => ({
    byteOffset,
    text: new TextDecoder().decode(bytes.subarray(start, end)),
  }));
}

it('knows a session from its opening to its end', () => {
  const sessions = new Sessions(createWindow());
  const slot = sessions.open(7, 8, 1000);
  sessions.address[slot] = 5;

  expect(sessions.find(7, 8)).toBe(slot);
  expect(sessions.find(8, 7)).toBe(0);
  expect(sessions.principal[slot]).toBe(0);
  sessions.authenticate(slot, 9, 1001);
  expect(sessions.principal[slot]).toBe(9);
  expect(sessions.address[slot]).toBe(5);
  sessions.close(slot);
  expect(sessions.find(7, 8)).toBe(0);
});

it('starts afresh when a name is used again', () => {
  const window = createWindow();
  const sessions = new Sessions(window);
  const slot = openSession(sessions, 7, 9);
  const line = window.write('received');
  sessions.keepLine(slot, line.start, line.end);
  const again = sessions.open(7, 7, 2000);

  expect(again).toBe(slot);
  expect(sessions.principal[again]).toBe(0);
  expect(linesOf(sessions, again)).toEqual([]);
});

it('keeps the lines of an opening across refills', () => {
  const window = createWindow();
  const sessions = new Sessions(window);
  const slot = sessions.open(1, 1, 0);
  const keep = (text: string) => {
    const { start, end } = window.write(text);
    sessions.keepLine(slot, start, end);
  };
  keep('received');
  keep('authenticated');
  expect(linesOf(sessions, slot).map(({ text }) => text)).toEqual(['received', 'authenticated']);
  sessions.beforeRefill();
  window.refill();
  keep('authorized');
  keep('one too many');
  sessions.beforeRefill();
  window.refill();
  window.write('something else that lies where the lines lay');

  expect(linesOf(sessions, slot)).toEqual([
    { byteOffset: 0, text: 'received' },
    { byteOffset: 8, text: 'authenticated' },
    { byteOffset: 21, text: 'authorized' },
  ]);
});

it('cuts long lines', () => {
  const window = createWindow();
  const sessions = new Sessions(window);
  const slot = sessions.open(1, 1, 0);
  const { start, end } = window.write('x'.repeat(4000));
  sessions.keepLine(slot, start, end);
  sessions.beforeRefill();

  expect(linesOf(sessions, slot)[0].text).toBe('x'.repeat(320));
});

it('gives no line of a session to another that takes its slot', () => {
  const window = createWindow();
  const sessions = new Sessions(window);
  const slot = sessions.open(1, 1, 0);
  const first = window.write('of the first');
  sessions.keepLine(slot, first.start, first.end);
  sessions.close(slot);
  const other = sessions.open(2, 2, 1);
  const second = window.write('of the second');
  sessions.keepLine(other, second.start, second.end);
  sessions.beforeRefill();

  expect(other).toBe(slot);
  expect(linesOf(sessions, other).map(({ text }) => text)).toEqual(['of the second']);
});

it('forgets those first whom nobody authenticated, then those unheard of for longest', () => {
  const sessions = new Sessions(createWindow());
  const known = MAX_SESSIONS - 100;
  for (let name = 1; name <= known; name++) {
    openSession(sessions, name, name);
  }
  for (let name = known + 1; name <= MAX_SESSIONS; name++) {
    openSession(sessions, name, 0);
  }
  expect(sessions.find(1, 1)).not.toBe(0);
  openSession(sessions, 99_999, 0);
  const isOpen = (name: number) => sessions.find(name, name) !== 0;

  expect(isOpen(99_999)).toBe(true);
  expect([known + 1, MAX_SESSIONS].map(isOpen)).toEqual([false, false]);
  expect([1, MAX_SESSIONS / 4 - 100].map(isOpen)).toEqual([false, false]);
  expect([MAX_SESSIONS / 4 - 99, known].map(isOpen)).toEqual([true, true]);
});

it('cannot be made to forget who is authenticated by connections alone', () => {
  const sessions = new Sessions(createWindow());
  openSession(sessions, 1, 42, 0);
  for (let name = 2; name < 200_000; name++) {
    sessions.open(name, -name, name);
  }

  expect(sessions.principal[sessions.find(1, 1)]).toBe(42);
});

it('holds the principals and addresses of open sessions only', () => {
  const sessions = new Sessions(createWindow());
  const slot = openSession(sessions, 1, 42);
  sessions.address[slot] = 43;
  const gone = openSession(sessions, 2, 44);
  sessions.address[gone] = 45;
  sessions.close(gone);
  const held: string[] = [];
  sessions.hold({
    principal: (id) => held.push(`principal ${id}`),
    address: (id) => held.push(`address ${id}`),
  });

  expect(held).toEqual(['principal 42', 'address 43']);
});

it('agrees with a plain model', () => {
  const step = fc.record({
    name: fc.integer({ min: 1, max: 12 }),
    action: fc.constantFrom('open', 'close', 'authenticate', 'keep', 'refill'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const window = createWindow();
      const sessions = new Sessions(window);
      const model = new Map<number, { principal: number; lines: string[] }>();
      for (const [i, { name, action }] of steps.entries()) {
        const slot = sessions.find(name, name);
        const known = model.get(name);
        expect(slot !== 0).toBe(known !== undefined);
        if (action === 'refill') {
          sessions.beforeRefill();
          window.refill();
        } else if (action === 'open') {
          sessions.open(name, name, i);
          model.set(name, { principal: 0, lines: [] });
        } else if (known !== undefined && action === 'close') {
          sessions.close(slot);
          model.delete(name);
        } else if (known !== undefined && action === 'authenticate') {
          sessions.authenticate(slot, i + 1, i);
          known.principal = i + 1;
        } else if (known !== undefined && action === 'keep') {
          const { start, end } = window.write(`line ${i}`);
          sessions.keepLine(slot, start, end);
          known.lines = [...known.lines, `line ${i}`].slice(0, 3);
        }
        for (const [open, { principal, lines }] of model) {
          const at = sessions.find(open, open);
          expect(sessions.principal[at]).toBe(principal);
          expect(linesOf(sessions, at).map(({ text }) => text)).toEqual(lines);
        }
      }
    }),
    { numRuns: 100 },
  );
});
