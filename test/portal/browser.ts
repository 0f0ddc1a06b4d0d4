import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

/** Where distributions put the browser. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const place = process.env.VEDETTE_CHROMIUM ?? PLACES.find((path) => existsSync(path));

export function whyNoBrowser(): string | undefined {
  return place === undefined ? 'no Chromium on this machine (apt-get install chromium)' : undefined;
}

/** Call it only where `whyNoBrowser` gave no reason. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: place! });
}

/** Everything that a page of the context complains about from now on: errors, refused styles and scripts, other hosts. */
export function complaintsOf(context: BrowserContext, origin: string): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(message.text());
    }
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) {
      complaints.push(`a request to ${request.url()}`);
    }
  });
  return complaints;
}
