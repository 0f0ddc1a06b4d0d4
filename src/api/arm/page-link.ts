import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Page, PageRequest } from '../../store/page.ts';
import type { ApiContext } from '../context.ts';
import { originOf } from '../origin.ts';

/** Items of a page; clients ask for the next one by themselves. */
const PAGE_SIZE = 100;

/** What a link to the next page carries. */
export const skipToken = { $skiptoken: z.string().min(1).max(400).optional() };

export function pageRequest(query: Readonly<Record<string, string | undefined>>): PageRequest {
  const cursor = query.$skiptoken;
  return { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
}

/** Azure's list: the link to the next page is absolute, and absent on the last one. */
export function listAnswer<T, R>(
  context: ApiContext,
  request: FastifyRequest,
  page: Page<T>,
  project: (item: T) => R,
): { value: R[]; nextLink?: string } {
  const value = page.items.map(project);
  return page.next === undefined ? { value } : { value, nextLink: nextLink(context, request, page.next) };
}

export function listOfShape<T extends z.ZodType>(item: T) {
  return z.object({ value: z.array(item), nextLink: z.string().optional() });
}

function nextLink(context: ApiContext, request: FastifyRequest, cursor: string): string {
  const path = request.url.replace(/\?.*$/, '').replace(/^\/+/, '/');
  const query = new URLSearchParams({ ...(request.query as Record<string, string>), $skiptoken: cursor });
  return `${originOf(context, request)}${path}?${query.toString()}`;
}
