import type { Browser, BrowserContext, Page } from 'playwright-core';
import { complaintsOf, launchBrowser } from './browser.ts';
import { type Served, serveQuickstart } from './served.ts';

const PASSWORD = 'correct horse battery';
/** The sample's alerts are there this soon; generous, for a machine that is busy. */
const VISIBLE_MS = 60_000;

/** A server of its own with the sample's alerts, and a browser in which its first Owner has signed in. */
export interface OpenPortal {
  server: Served;
  page: Page;
  /** What pages complained about. */
  complaints: string[];
  /** Calls the API as the Owner does. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** A page in which somebody else is signed in, who has one role on everything. */
  pageOf(role: string): Promise<Page>;
  close(): Promise<void>;
}

/** @param shows stands on the first page once all is there */
export async function openPortal(
  serving: Promise<Served> = serveQuickstart(),
  shows = 'Unusual volume of data extracted',
): Promise<OpenPortal> {
  const [browser, server] = await Promise.all([launchBrowser(), serving]);
  const context = await newContext(browser);
  const complaints = complaintsOf(context, server.url);
  const page = await context.newPage();
  await page.goto(server.ownerLink);
  await fillIn(page, 'alex', 'Create the account');
  await page.getByText(shows).first().waitFor({ timeout: VISIBLE_MS });
  const call: OpenPortal['call'] = (method, path, body) => callFrom(page, method, path, body);
  let others = 0;
  return {
    server,
    page,
    complaints,
    call,
    async pageOf(role) {
      const name = `person-${++others}`;
      await call('POST', '/api/v1/users', { name, password: PASSWORD, roles: [{ role, scope: '/' }] });
      const other = await (await newContext(browser)).newPage();
      await other.goto(`${server.url}/sign-in`);
      await fillIn(other, name, 'Sign in');
      await other.getByRole('heading', { name: 'Overview' }).waitFor();
      return other;
    },
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 1400, height: 900 }, timezoneId: 'Europe/Berlin' });
}

async function fillIn(page: Page, name: string, button: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: button }).click();
}

/** From within the page, with its session. */
async function callFrom(page: Page, method: string, path: string, body: unknown): Promise<unknown> {
  return page.evaluate(
    async (request) => {
      const me = (await (await fetch('/api/v1/me')).json()) as { csrfToken: string };
      const response = await fetch(request.path, {
        method: request.method,
        headers: { 'x-csrf-token': me.csrfToken, 'content-type': 'application/json' },
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      });
      const text = await response.text();
      if (!response.ok) {
        throw new Error(`${request.method} ${request.path}: ${response.status} ${text}`);
      }
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    { method, path, body },
  );
}
