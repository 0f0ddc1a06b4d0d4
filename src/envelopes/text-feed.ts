import type { Feed } from '../scan/feed.ts';
import { type FindEnvelope, findEnvelope, findObjects } from './find-envelope.ts';
import { createLanguageStage } from './language-stage.ts';
import { createNewestFirstStage } from './newest-first.ts';
import type { TextForm } from './server-language.ts';
import type { Emit } from './stage.ts';
import { createStagedFeed, type FeedStages } from './staged-feed.ts';
import { createUnwrappingStage } from './unwrapping-stage.ts';

const UNKNOWN_LANGUAGE =
  "the server speaks a language that is not known, so that logins, failures and statements are not told; set lc_messages = 'C'";

/** Gives the text of a log without its envelopes, in order of time, and in English. */
export function createTextFeed(form: TextForm): Feed {
  return createStagedFeed((give) => openStages(give, findEnvelope, form), UNKNOWN_LANGUAGE);
}

/** The same for a format whose lines have headers of their own, or are JSON: as it is, without the objects around it. */
export function createObjectFeed(): Feed {
  return createStagedFeed((give) => openStages(give, findObjects), '');
}

function openStages(give: Emit, find: FindEnvelope, form?: TextForm): FeedStages {
  const speech = form === undefined ? undefined : createLanguageStage(form, give);
  const ordered = createNewestFirstStage(
    speech === undefined ? give : (text, offset, isSource = false) => speech.push(text, offset, isSource),
  );
  const stage = createUnwrappingStage((text, offset, isSource = false) => ordered.push(text, offset, isSource), find);
  return {
    push: (piece, offset, isSource) => stage.push(piece, offset, isSource),
    pause() {
      stage.pause();
      ordered.pause();
      speech?.pause();
    },
    finish() {
      stage.finish();
      ordered.finish();
      speech?.finish();
    },
    get heldOffset() {
      return speech?.heldOffset ?? ordered.heldOffset ?? stage.heldOffset;
    },
    get isPlain() {
      return stage.isPlain === true && speech?.isPlain !== false;
    },
    get envelopes() {
      return stage.names;
    },
    get language() {
      return speech?.language;
    },
  };
}
