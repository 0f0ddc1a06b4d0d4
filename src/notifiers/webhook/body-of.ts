import { CloudEvent, HTTP } from 'cloudevents';
import { toOcsf } from '../../alerts/to-ocsf.ts';
import type { Notice } from '../notifier.ts';

export const BODIES = ['azure', 'ocsf', 'cloudevents'] as const;
export type Body = (typeof BODIES)[number];

/** A notice in one of its forms, with the media type of it. */
export function bodyOf(notice: Notice, body: Body, version: string): { type: string; text: string } {
  const { alert } = notice;
  if (body === 'ocsf') {
    return { type: 'application/json', text: toOcsf(alert, version) };
  }
  if (body === 'azure') {
    return { type: 'application/json', text: JSON.stringify(alert) };
  }
  return cloudEventOf(notice);
}

/** CloudEvents 1.0 in structured mode: the alert is `data`, the resource that it is about the source. */
function cloudEventOf({ id, alert, isUpdate }: Notice): { type: string; text: string } {
  const { properties } = alert;
  const event = new CloudEvent({
    id,
    type: isUpdate ? 'vedette.alert.updated' : 'vedette.alert.created',
    source: properties.resourceIdentifiers[0]?.azureResourceId ?? alert.id,
    subject: alert.name,
    time: properties.processingEndTimeUtc,
    datacontenttype: 'application/json',
    data: alert,
  });
  const { headers, body } = HTTP.structured(event);
  return { type: String(headers['content-type']), text: String(body) };
}
