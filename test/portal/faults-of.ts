import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Two frames later no transition runs; one that is over may stay there, to hold what it came to. */
const IS_STILL = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  done(document.getAnimations().every(
    ({ playState, effect }) => playState !== 'running' || effect.getTiming().iterations === Infinity,
  )))))`;

/** What axe finds against WCAG 2.2 AA on the page as it is, in both color schemes. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await until(page, isDressed(colorScheme));
    await until(page, IS_STILL); // colors fade over, and axe would measure one between
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    faults.push(...violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes[0]?.html}`));
  }
  return faults;
}

/** Asked from outside again and again: within, the policy of the pages lets no text be run. */
function until(page: Page, condition: string): Promise<void> {
  return expect.poll(() => page.evaluate(condition), { timeout: 30_000 }).toBe(true);
}

/** Whether the page has taken up the scheme: on a busy machine that comes after the next frames. */
function isDressed(colorScheme: 'light' | 'dark'): string {
  return `getComputedStyle(document.querySelector('.fui-FluentProvider')).colorScheme === '${colorScheme}'`;
}
