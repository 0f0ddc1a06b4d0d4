import type { JsonObject } from './json-object.ts';
import { looksLogged } from './logged-text.ts';
import { recordOfColumns } from './recorded-columns.ts';
import { type Emit, MAX_LINE_BYTES, type Stage } from './stage.ts';

/**
 * Events in XML: of the Windows event log, as its viewer and `wevtutil` write them, whose data is the line; and of the audit log
 * of EDB's server, whose attributes are called nearly as csvlog's columns.
 * Sources: learn.microsoft.com/windows/win32/wes/eventschema-event-complextype; enterprisedb.com/docs/epas/latest (Audit log files).
 */
const EVENTS = /^[\ufeff\s]*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:Events?|event)[\s>]/;
const END = /<\/[Ee]vent>/g;
const END_BYTES = '</event>'.length;
const START = /<[Ee]vent[\s>]/;
/** Of attributes, by csvlog's columns. */
const NAME_OF: Readonly<Record<string, string>> = {
  user: 'user_name',
  database: 'database_name',
  remote_host: 'connection_from',
  command_tag: 'tag',
  process_status: 'command_tag',
};
const ATTRIBUTE = /(?<![\w:])([\w:]{1,64})=(?:"([^"]*)"|'([^']*)')/g;
const ELEMENT = /<(\w{1,64})>([^<]*)<\/\1>/g;
const DATA = /<Data(?:\s[^<>]{0,200})?>([^<]*)<\/Data>/g;
const ENTITY = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g;
const CHARACTER: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const MAX_CODE_POINT = 0x10ffff;

export function beginsWithEvents(head: string): boolean {
  return EVENTS.test(head);
}

/** Gives the line, or the record of jsonlog, that each event holds. */
export function createXmlEventStage(emit: Emit): Stage {
  /** As bytes, one character each. */
  let rest = '';
  let restOffset = 0;
  let isSourceText = true;

  function push(piece: Buffer, offset: number, isSource: boolean): void {
    const { length } = rest;
    restOffset = length > 0 ? restOffset : offset;
    isSourceText = isSource && (length === 0 || isSourceText);
    rest += piece.toString('latin1');
    let at = 0;
    END.lastIndex = Math.max(0, length - END_BYTES);
    for (let end = END.exec(rest); end !== null; end = END.exec(rest)) {
      give(rest.slice(at, END.lastIndex), restOffset + (isSourceText ? at : 0));
      at = END.lastIndex;
    }
    rest = rest.slice(at);
    restOffset = isSourceText ? restOffset + at : offset;
    if (rest.length > MAX_LINE_BYTES) {
      finish();
    }
  }

  function give(text: string, offset: number): void {
    const start = START.exec(text)?.index ?? -1;
    if (start >= 0) {
      const line = lineOf(Buffer.from(text.slice(start), 'latin1').toString());
      emit(Buffer.from(`${line.replace(/[\r\n]+$/, '')}\n`), offset + (isSourceText ? start : 0));
    }
  }

  function finish(): void {
    give(rest, restOffset);
    rest = '';
  }

  return {
    push,
    finish,
    get heldOffset() {
      return rest.length > 0 ? restOffset : undefined;
    },
  };
}

/** An event that holds neither is given as it is, on one line. */
function lineOf(event: string): string {
  const data = [...event.matchAll(DATA)].map(([, text]) => plain(text!));
  const told = data.find(looksLogged) ?? (data.length > 0 ? data.join(' ') : recordOf(event));
  return told ?? event.replaceAll('\n', ' ');
}

function recordOf(event: string): string | undefined {
  const [head] = event.split('>', 1);
  const attributes = [...head!.matchAll(ATTRIBUTE)].map(([, name, double, single]) => {
    return [NAME_OF[name!] ?? name!, plain(double ?? single ?? '')] as const;
  });
  const elements = [...event.matchAll(ELEMENT)].map(([, name, text]) => [name!, plain(text!)] as const);
  const columns: JsonObject = { error_severity: 'AUDIT', ...Object.fromEntries([...attributes, ...elements]) };
  return typeof columns.message === 'string' ? recordOfColumns(columns) : undefined;
}

function plain(text: string): string {
  return text.replaceAll(ENTITY, (entity, name?: string, decimal?: string, hex?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return name !== undefined ? CHARACTER[name]! : code <= MAX_CODE_POINT ? String.fromCodePoint(code) : entity;
  });
}
