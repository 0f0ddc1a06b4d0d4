import { createTextFeed } from '../envelopes/text-feed.ts';
import type { Parser } from './parser.ts';

/** The same format, whatever its lines are wrapped in. */
export function unwrapped(parser: Parser): Parser {
  return {
    ...parser,
    open(options) {
      const reader = parser.open(options);
      reader.window.feed = createTextFeed();
      return reader;
    },
  };
}
