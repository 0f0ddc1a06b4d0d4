import type { Interpreter } from '../postgres/languages/interpreter.ts';
import type { TextForm } from './server-language.ts';
import { createKeepingStage, createLineStage, type Emit, MAX_LINE_BYTES, type Stage } from './stage.ts';
import { createTranslate, mayGoOn } from './translations.ts';

const QUOTE = '"';
const CONTINUES = /^(?:\t|#011)/;

/**
 * Says in English, record by record, what a server says in another language.
 *
 * @param isInQuotes of csvlog: what comes first is the inside of a field
 */
export function createTranslatingStage(
  form: TextForm,
  interpreter: Interpreter,
  emit: Emit,
  isInQuotes = false,
): Stage {
  const translate = createTranslate(form, interpreter);
  const isBegun = mayGoOn(interpreter);
  let lines: string[] = [];
  let bytes = 0;
  let recordOffset = 0;
  let isOpen = isInQuotes;

  const source = createLineStage((line, offset) => {
    const text = line.toString();
    if (form === 'text' && lines.length > 0 && !CONTINUES.test(text)) {
      give();
    }
    recordOffset = lines.length === 0 ? offset : recordOffset;
    lines.push(text);
    bytes += line.length;
    if (bytes > MAX_LINE_BYTES || !goesOn(text)) {
      give();
    }
  });

  /** Whether the record may have a further line. */
  function goesOn(line: string): boolean {
    if (form === 'csv') {
      isOpen = (line.split(QUOTE).length - 1) % 2 === 1 ? !isOpen : isOpen;
      return isOpen;
    }
    return form === 'text' && lines.length === 1 && isBegun(line);
  }

  function give(): void {
    if (lines.length > 0) {
      emit(Buffer.from(`${translate(lines.join('\n'))}\n`), recordOffset);
      lines = [];
      bytes = 0;
    }
  }

  return createKeepingStage(source, give, () => (lines.length > 0 ? recordOffset : undefined));
}
