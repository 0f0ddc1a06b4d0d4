/** Lines that name code and say where in it: `PL/pgSQL function transfer(integer) line 3 at SQL statement`. */
const PLACE =
  /^(?:PL\/\w+ function [\w."$]+(?:\([^'"=:]*\))?(?: line \d+ at [\w ]+)?|SQL function "[^'"]*" [\w ]+|parallel worker)$/;
/** How other lines begin; one that begins otherwise goes on with the SQL or the data quoted before it. */
const START = /^(?:SQL |PL\/|COPY |JSON |while |unnamed portal|portal |remote SQL|automatic )/;
/** Where the server's own words end. */
const QUOTATION = /["':=]/;

/**
 * The CONTEXT of a log record without what it quotes: a statement of a function, a line of COPY, a JSON document.
 * Nothing tells where a quotation ends, because the quotes in it are not doubled: it is dropped whole.
 */
export function redactContext(context: string): string {
  return context
    .split('\n')
    .filter((line) => PLACE.test(line) || START.test(line))
    .map((line) => (PLACE.test(line) ? line : withoutQuotation(line)))
    .join('\n');
}

function withoutQuotation(line: string): string {
  const at = line.search(QUOTATION);
  return at < 0 ? line : `${line.slice(0, at).trimEnd()} ?`;
}
