import { createLineStage, type Emit, type Stage } from './stage.ts';

/** What switches the colours of a terminal, and erases its lines (ECMA-48: SGR, EL). */
const COLORS = new RegExp(`${String.fromCharCode(0x1b)}\\[[\\d;]*[mK]`, 'g');
const LINE_END = '\n';

/** Whether a line begins with one: what clients choose stands further on. */
export function hasColors(line: string): boolean {
  return line.search(COLORS) === 0;
}

/** Takes them away. */
export function createColorStage(emit: Emit): Stage {
  return createLineStage((line, offset) => {
    emit(Buffer.from(line.toString('latin1').replace(COLORS, '') + LINE_END, 'latin1'), offset);
  });
}
