import type { Feed } from '../scan/feed.ts';
import { createLanguageStage } from './language-stage.ts';
import type { TextForm } from './server-language.ts';
import type { Emit } from './stage.ts';
import { createStagedFeed, type FeedStages } from './staged-feed.ts';
import { createUnwrappingStage } from './unwrapping-stage.ts';

const UNKNOWN_LANGUAGE =
  "the server speaks a language that is not known, so that logins, failures and statements are not told; set lc_messages = 'C'";

/** Gives the text of a log without its envelopes, and in English. */
export function createTextFeed(form: TextForm): Feed {
  return createStagedFeed((give) => openStages(form, give), UNKNOWN_LANGUAGE);
}

function openStages(form: TextForm, give: Emit): FeedStages {
  const speech = createLanguageStage(form, give);
  const stage = createUnwrappingStage((text, offset, isSource = false) => speech.push(text, offset, isSource));
  return {
    push: (piece, offset, isSource) => stage.push(piece, offset, isSource),
    finish() {
      stage.finish();
      speech.finish();
    },
    get heldOffset() {
      return speech.heldOffset ?? stage.heldOffset;
    },
    get isPlain() {
      return stage.isPlain === true && speech.isPlain;
    },
    get envelopes() {
      return stage.names;
    },
    get language() {
      return speech.language;
    },
  };
}
