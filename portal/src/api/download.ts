import { request } from './send.ts';

/** Fetches a file and gives it to the browser to keep. A link alone could not show what the server refuses. */
export async function download(method: string, path: string, name: string, body?: unknown): Promise<void> {
  const response = await request(method, path, body === undefined ? {} : { body });
  const url = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
