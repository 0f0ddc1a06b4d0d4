import type { Resource } from '../model/resource.ts';
import { hasLocalName, resourceNamed } from '../model/resource-id.ts';
import type { Counts } from './plan.ts';
import type { SourceStream } from './source-stream.ts';

/**
 * Notes, once, that the records of a log name another resource than the one under which it is listed. They are judged
 * with the latter all the same. A resource with a short name is compared by that name only.
 */
export function createIdWatch(resource: Resource, counts: Counts): (stream: SourceStream) => void {
  const beginning = `${resource.name}: records of `;
  let isNoted = counts.notes.some((note) => note.startsWith(beginning)); // before a restart
  /** Length and end of the id that was compared last: what differs between ids is mostly their end. */
  let knownLength = 0;
  let knownEnd = 0;

  return ({ reader, source }) => {
    const { start, end } = reader.view.resource;
    if (start === end || isNoted) {
      return;
    }
    const last = reader.window.words.getInt32(Math.max(start, end - 4), true);
    if (end - start === knownLength && last === knownEnd) {
      return;
    }
    knownLength = end - start;
    knownEnd = last;
    const id = reader.plain(reader.view.resource);
    const text = decoder.decode(reader.window.bytes.slice(id.start, id.end));
    const named = resourceNamed(text);
    const isOwn = hasLocalName(resource)
      ? named?.name.toLowerCase() === resource.name.toLowerCase()
      : named?.key === resource.key;
    if (!isOwn) {
      isNoted = true;
      counts.notes.push(
        `${beginning}${source} name ${text}; they are judged as those of ${resource.name}, whose log this is`,
      );
    }
  };
}

const decoder = new TextDecoder();
