// What a message of severity LOG is, by a short list of how such messages begin.

/** Of a message: length and class, then its first bytes, filled up with zeros. */
const MESSAGE_ENTRY: usize = 64, MESSAGE_TEXT: usize = 8;

/** What a record is that is of no interest, or a message that is not of the list. */
export const SKIPPED: i32 = -1;
/** What a record is that the parser must judge. */
export const UNJUDGED: i32 = -2;

/** The class of the message between two places; `SKIPPED` where it is not one of the list. */
@inline
export function classOf(at: usize, end: i32, messages: usize, messagesEnd: usize): i32 {
  for (let entry = messages; entry < messagesEnd; entry += MESSAGE_ENTRY) {
    if (load<i32>(entry, 8) == load<i32>(at) && beginsWith(entry, at, end)) return load<i32>(entry, 4);
  }
  return SKIPPED;
}

/** Whether the bytes up to `end` begin with the text of an entry. */
@inline
function beginsWith(entry: usize, at: usize, end: i32): bool {
  const length = load<i32>(entry);
  if (end - <i32>at < length) return false;
  const text = entry + MESSAGE_TEXT;
  let p: i32 = 0;
  for (; p + 8 <= length; p += 8) {
    if (load<i64>(at + p) != load<i64>(text + p)) return false;
  }
  return p == length || (load<i64>(at + p) ^ load<i64>(text + p)) << (64 - (<i64>(length - p) << 3)) == 0;
}
