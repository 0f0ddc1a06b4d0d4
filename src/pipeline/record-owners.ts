import { Names } from '../lib/names.ts';
import type { Resource } from '../model/resource.ts';
import { resourceNamed } from '../model/resource-id.ts';
import type { RecordTeller } from '../parsers/parser.ts';
import type { SourceStream } from './source-stream.ts';

/** Ids at hand, and by which bits of a word they are found. */
const LATEST = 1024;
const LATEST_SHIFT = 22;

const OF_ANOTHER_KIND = 'a record of another kind than the resource that it names';

/** Whose the records of shared streams are, by the ids that they write. */
export interface RecordOwners<Owner> {
  /** Of the record in view; a text says why it is nobody's; undefined: that is not known yet. */
  ownerOf(stream: SourceStream): Owner | string | undefined;
  /** To be called when what `lookUp` gives has changed. */
  forget(): void;
}

/** @param lookUp asked once for each spelling of an id, again as long as it gives undefined */
export function createRecordOwners<Owner extends object>(
  lookUp: (resource: Resource) => Owner | string | undefined,
  resourceOf: (owner: Owner) => Resource,
): RecordOwners<Owner> {
  /** The ids as records write them: one resource may have several. */
  const names = new Names();
  let known: (Owner | string | undefined)[] = [];

  /** By the last bytes of ids, in which they differ: the one of these that was written last. */
  const latest = new Int32Array(LATEST);

  function nameOf(reader: RecordTeller): number {
    const { words } = reader.window;
    const { resource } = reader.view;
    const place =
      Math.imul(words.getInt32(Math.max(resource.start, resource.end - 4), true), 0x9e3779b1) >>> LATEST_SHIFT;
    if (names.isTextOf(latest[place]!, words, resource.start, resource.end)) {
      return latest[place]!;
    }
    const { start, end } = reader.plain(resource);
    const id = names.intern(words, start, end);
    latest[place] = start === resource.start ? id : 0;
    return id;
  }

  function look(text: string): Owner | string | undefined {
    const resource = resourceNamed(text);
    return resource === undefined
      ? 'a record that names something else than a database server or account'
      : lookUp(resource);
  }

  return {
    ownerOf({ reader }) {
      const id = nameOf(reader);
      if (id === 0) {
        return 'a record that names no resource';
      }
      let owner = known[id];
      if (owner === undefined) {
        owner = look(names.textOf(id));
        known[id] = owner;
        if (names.isCrowded) {
          names.sweep(() => false);
          latest.fill(0);
          known = [];
        }
      }
      return typeof owner === 'object' && resourceOf(owner).engine !== reader.view.engine ? OF_ANOTHER_KIND : owner;
    },
    forget() {
      known = [];
    },
  };
}
