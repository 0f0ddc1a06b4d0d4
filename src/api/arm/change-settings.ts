import type { FastifyRequest } from 'fastify';
import type { ProtectionSettings } from '../../model/protection-settings.ts';
import type { ResourceRow } from '../../store/resource-store.ts';
import { isStoreError } from '../../store/store-error.ts';
import { principalOf } from '../access.ts';
import { conflict } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';

/** How often a change that meets another one is tried again. */
const ATTEMPTS = 5;

/** Changes some of what people set for a resource and leaves the rest, whoever else changes something meanwhile. */
export async function changeSettings(
  context: ApiContext,
  request: FastifyRequest,
  { resource }: ResourceRow,
  change: (before: ProtectionSettings) => ProtectionSettings,
): Promise<ProtectionSettings> {
  const { settings } = context.store;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await settings.override(resource.key);
    const after = change(before?.settings ?? {});
    const write = {
      scope: resource.key,
      settings: after,
      changedBy: principalOf(request).name,
      changedTime: context.clock(),
    };
    const put = settings.putOverride(write, before === undefined ? { ifNoneMatch: '*' } : { ifMatch: before.etag });
    const isWritten = await put.then(
      () => true,
      (error: unknown) => (isStoreError(error, 'conflict') ? false : Promise.reject(error)),
    );
    if (isWritten) {
      const detail = { before: before?.settings ?? {}, after };
      await audit(context, request, { action: 'settings.change', target: resource.key, detail });
      return after;
    }
  }
  throw conflict('The settings change all the time; try again.');
}
