/** How to write for the reader at the other end. */
export interface Look {
  /** Cells of a line. */
  width: number;
  color: boolean;
}

/** Cells of a line where no terminal tells: files and pipes. */
const DEFAULT_WIDTH = 100;
/** Below this a table is unreadable, so that the terminal may as well break its lines. */
const MIN_WIDTH = 60;

/** Color only for a person at a terminal who did not decline it (no-color.org). */
export function lookOf(stream: { isTTY?: boolean; columns?: number }, environment: NodeJS.ProcessEnv): Look {
  const isTerminal = stream.isTTY === true;
  return {
    width: Math.max(MIN_WIDTH, (isTerminal && stream.columns) || DEFAULT_WIDTH),
    color: isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb',
  };
}

/** The look of what goes to a file. */
export const FILE_LOOK: Look = { width: DEFAULT_WIDTH, color: false };
