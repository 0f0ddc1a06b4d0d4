import { isObject, type JsonObject } from './json-object.ts';

/**
 * Azure's record made of the document that Elastic's module and integration for Azure's platform logs make of one, without
 * keeping it; undefined where an object is no such document.
 * Source: elastic.co/docs/reference/beats/filebeat/exported-fields-azure.
 */
export function recordOfPlatformDocument(object: JsonObject): JsonObject | undefined {
  const { azure, event, '@timestamp': time } = object;
  const log = isObject(azure) ? azure.platformlogs : undefined;
  if (!isObject(azure) || !isObject(log) || typeof time !== 'string' || (isObject(event) && isText(event.original))) {
    return undefined;
  }
  const { operation_name: operationName, ...members } = log;
  const resource = isObject(azure.resource) ? azure.resource : {};
  return { time, resourceId: resource.id, operationName, ...members };
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
