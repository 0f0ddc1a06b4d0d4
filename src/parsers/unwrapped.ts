import type { TextForm } from '../envelopes/server-language.ts';
import { createTableFeed } from '../envelopes/table-feed.ts';
import { createObjectFeed, createTextFeed } from '../envelopes/text-feed.ts';
import type { Feed } from '../scan/feed.ts';
import type { Parser } from './parser.ts';

/** The same format, whatever its lines are wrapped in, and whatever language the server speaks. */
export function unwrapped(parser: Parser, form: TextForm): Parser {
  return fed(parser, () => createTextFeed(form));
}

/** The same format, whose lines have headers of their own, when they are wrapped in objects or rows. */
export function inObjects(parser: Parser): Parser {
  return fed(parser, createObjectFeed);
}

/** The same format, whose records may be rows of a table. */
export function inTables(parser: Parser): Parser {
  return fed(parser, createTableFeed);
}

function fed(parser: Parser, createFeed: () => Feed): Parser {
  return {
    ...parser,
    open(options) {
      const reader = parser.open(options);
      reader.window.feed = createFeed();
      return reader;
    },
  };
}
