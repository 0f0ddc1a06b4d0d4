/** Which place of a source carries which place of the text. */
export interface OffsetMap {
  /**
   * Text from an offset on is carried by what begins at another of the source. Both only rise.
   *
   * @param isSource it is the source itself, byte by byte
   */
  add(textOffset: number, sourceOffset: number, isSource?: boolean): void;
  sourceOffset(textOffset: number): number;
  forget(textOffset: number): void;
  clear(): void;
}

/** Memory: 16 bytes a line of the text in the window. */
export function createOffsetMap(): OffsetMap {
  let texts: number[] = [];
  let sources: number[] = [];
  let areSource: boolean[] = [];

  /** Place of the last entry that does not begin behind an offset; -1 where there is none. */
  function placeOf(textOffset: number): number {
    let low = 0;
    let high = texts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (texts[middle]! <= textOffset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  return {
    add(textOffset, sourceOffset, isSource = false) {
      if (texts.at(-1) === textOffset) {
        texts.pop();
        sources.pop();
        areSource.pop();
      }
      texts.push(textOffset);
      sources.push(sourceOffset);
      areSource.push(isSource);
    },
    sourceOffset(textOffset) {
      const place = placeOf(textOffset);
      return place < 0 ? textOffset : sources[place]! + (areSource[place]! ? textOffset - texts[place]! : 0);
    },
    forget(textOffset) {
      const place = placeOf(textOffset);
      if (place > 0) {
        texts = texts.slice(place);
        sources = sources.slice(place);
        areSource = areSource.slice(place);
      }
    },
    clear() {
      texts = [];
      sources = [];
      areSource = [];
    },
  };
}
