import type { Notice } from './notifier.ts';

export interface NoticeLink {
  label: string;
  url: string;
}

/** Pages for who is signed in. Nothing happens by opening one: mail scanners follow every link. */
export function linksOf({ portalUrl }: Notice): NoticeLink[] {
  return portalUrl === undefined
    ? []
    : [
        { label: 'View alert', url: portalUrl },
        { label: 'Investigate', url: `${portalUrl}?do=investigate` },
        { label: 'This was expected', url: `${portalUrl}?do=expected` },
      ];
}
