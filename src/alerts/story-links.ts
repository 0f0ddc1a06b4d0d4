import type { Finding } from '../model/finding.ts';
import { accessKeyOf } from './access-alerts.ts';
import { isSuccessful, sourcesOf } from './intrusions.ts';

/** What may link an alert to others of a story. Plain data. */
export interface StoryLinks {
  /** Shared by alerts that may be of one story, or one alert. */
  keys: readonly string[];
  /** Links an alert to earlier suspicious successes of its principal. */
  principal?: string;
  /** It is one itself. */
  isSuccess: boolean;
}

/** At least what `storiesOf` links by, whatever other alerts there are, and when they were. */
export function storyLinksOf(finding: Finding): StoryLinks {
  const access = accessKeyOf(finding);
  const keys = access === undefined ? [] : [access];
  if (finding.severity === 'Informational') {
    return { keys, isSuccess: false };
  }
  const { principal } = finding.entities;
  return {
    keys: [...keys, ...sourcesOf(finding)],
    ...(principal !== undefined && principal !== '' && { principal }),
    isSuccess: isSuccessful(finding),
  };
}
