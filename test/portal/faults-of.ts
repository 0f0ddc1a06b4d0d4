import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Two frames later no transition runs. */
const IS_STILL = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  done(document.getAnimations().every(({ effect }) => effect.getTiming().iterations === Infinity)))))`;

/** What axe finds against WCAG 2.2 AA on the page as it is, in both color schemes. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction(isDressed(colorScheme));
    await page.waitForFunction(IS_STILL); // colors fade over, and axe would measure one between
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    faults.push(...violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes[0]?.html}`));
  }
  return faults;
}

/** Whether the page has taken up the scheme: on a busy machine that comes after the next frames. */
function isDressed(colorScheme: 'light' | 'dark'): string {
  return `getComputedStyle(document.querySelector('.fui-FluentProvider')).colorScheme === '${colorScheme}'`;
}
