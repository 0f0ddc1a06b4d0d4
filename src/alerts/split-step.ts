/** Beginnings of the commands that steps hold: SQL, a shell's, a query of Log Analytics, a line of pg_hba.conf. */
const COMMAND =
  /(?:^|[:.)] +| {2})((?:SELECT|ALTER|REVOKE|GRANT|DROP|SHOW|SET|CREATE|TERMINATE|az|host|hostssl|psql|CDB\w+|AzureActivity|AzureDiagnostics|PGSQL\w+)\b[^\n]*)$/;

/** One thing to do. */
export interface Step {
  words: string;
  /** To copy, where there is one. */
  command?: string;
}

/** Divides a step into what it says and the command at its end, if it ends in one. */
export function splitStep(step: string): Step {
  const match = COMMAND.exec(step);
  const command = match?.[1];
  if (match === null || command === undefined || !isCommand(command)) {
    return { words: step };
  }
  const words = step.slice(0, step.length - command.length).trimEnd();
  return { words, command };
}

/** Prose may begin with such a word, too ("Show …" does not, being lower case): a command holds more than words. */
function isCommand(text: string): boolean {
  return /[;|=()]|--|\//.test(text);
}
