/** The one to three bytes before `end` as a word filled up with zeros. */
export function lastWord(words: DataView, start: number, end: number): number {
  return words.getInt32(start, true) & (0xffffffff >>> (8 * (4 - (end - start))));
}

/** Whether the text at `at` (a word with its length in bytes, then its words) is that of the bytes. */
export function isSame(text: Int32Array, at: number, words: DataView, start: number, end: number): boolean {
  if (text[at] !== end - start) {
    return false;
  }
  let word = at + 1;
  let p = start;
  for (; p + 16 <= end; p += 16, word += 4) {
    const first = (text[word]! ^ words.getInt32(p, true)) | (text[word + 1]! ^ words.getInt32(p + 4, true));
    const second = (text[word + 2]! ^ words.getInt32(p + 8, true)) | (text[word + 3]! ^ words.getInt32(p + 12, true));
    if ((first | second) !== 0) {
      return false;
    }
  }
  for (; p + 4 <= end; p += 4) {
    if (text[word++] !== words.getInt32(p, true)) {
      return false;
    }
  }
  return p === end || text[word] === lastWord(words, p, end);
}

/** A text of its own, to be compared by `isSame` from 0 on. */
export function copiedText(words: DataView, start: number, end: number): Int32Array {
  const text = new Int32Array(1 + ((end - start + 3) >> 2));
  text[0] = end - start;
  for (let p = start, i = 1; p < end; p += 4, i++) {
    text[i] = p + 4 <= end ? words.getInt32(p, true) : lastWord(words, p, end);
  }
  return text;
}
