import type { TextForm } from '../envelopes/server-language.ts';
import { createTextFeed } from '../envelopes/text-feed.ts';
import type { Parser } from './parser.ts';

/** The same format, whatever its lines are wrapped in, and whatever language the server speaks. */
export function unwrapped(parser: Parser, form: TextForm): Parser {
  return {
    ...parser,
    open(options) {
      const reader = parser.open(options);
      reader.window.feed = createTextFeed(form);
      return reader;
    },
  };
}
