import type { Send } from './api-client.ts';

interface Page {
  items: object[];
  next?: string;
}

/** All items of a list, page after page. @param path with a query */
export async function everyItem(send: Send, path: string): Promise<object[]> {
  const items: object[] = [];
  let next: string | undefined;
  do {
    const page: Page = await send('GET', next === undefined ? path : `${path}&cursor=${encodeURIComponent(next)}`);
    items.push(...page.items);
    next = page.next;
  } while (next !== undefined);
  return items;
}
