import type { AlertMatch } from '../../api/notifications.ts';

/** Which alerts are meant, in words: `High or Medium; resources pay-*`. */
export function matchText({ severities, alertTypes, resources, tags }: AlertMatch): string {
  const parts = [
    severities?.join(' or '),
    alertTypes && `types ${alertTypes.join(' or ')}`,
    resources && `resources ${resources.join(' or ')}`,
    tags &&
      `tags ${Object.entries(tags)
        .map(([name, value]) => `${name}=${value}`)
        .join(' and ')}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'every alert' : parts.join('; ');
}

/** The rules of a channel, in words. */
export function rulesText(rules: {
  minimalSeverity: string;
  only: readonly AlertMatch[];
  except: readonly AlertMatch[];
}): string {
  const { minimalSeverity, only, except } = rules;
  return [
    `From ${minimalSeverity} on`,
    ...(only.length > 0 ? [`only ${only.map(matchText).join(', or ')}`] : []),
    ...(except.length > 0 ? [`except ${except.map(matchText).join(', and ')}`] : []),
  ].join('; ');
}
