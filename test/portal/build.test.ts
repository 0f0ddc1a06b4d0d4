import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../run-vedette.ts';

const DIST = join(ROOT, 'portal/dist');
/** What the table of alerts may need before it is there; bytes, compressed as servers do. */
const FIRST_PAGE_BYTES = 300_000;
/** `import … from './x.js'`, `import './x.js'`, `export … from './x.js'`: what is loaded at once with a file. */
const STATIC_IMPORT = /(?:^|[;}\n])\s*(?:import|export)\s*(?:[^'"();]*?from\s*)?["']\.\/([\w.-]+\.js)["']/g;

/** A file of the build, and all that comes with it at once. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (!seen.has(name)) {
    seen.add(name);
    for (const [, imported] of text(name).matchAll(STATIC_IMPORT)) {
      withImports(imported!, seen);
    }
  }
  return seen;
}

function text(name: string): string {
  return readFileSync(join(DIST, 'assets', name), 'utf8');
}

function sizeOf(names: ReadonlySet<string>): number {
  return [...names].reduce((sum, name) => sum + gzipSync(text(name)).length, 0);
}

describe('the built portal', () => {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const assets = readdirSync(join(DIST, 'assets'));
  const entry = /src="\/assets\/([^"]+)"/.exec(html)![1]!;
  const table = assets.find((name) => name.startsWith('alerts-page-'))!;

  it('shows the alerts with 300 kB of JavaScript at most, and without the map', () => {
    const first = withImports(table, withImports(entry));

    expect(first.size).toBeGreaterThan(2);
    expect(sizeOf(first)).toBeGreaterThan(50_000);
    expect(sizeOf(first)).toBeLessThan(FIRST_PAGE_BYTES);
    expect([...first].filter((name) => /world-map/.test(name))).toEqual([]);
  });

  it('has no script within the page, and nothing from elsewhere', () => {
    expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/assets\/)/);
    expect(html).not.toMatch(/\son\w+=|\sstyle=|<style/);
    expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].filter(([, url]) => !url!.startsWith('/'))).toEqual([]);
  });

  it('needs nothing that a strict policy refuses', () => {
    const scripts = assets.filter((name) => name.endsWith('.js')).map(text);

    expect(scripts.filter((script) => /\beval\(|\bnew Function\(/.test(script))).toEqual([]);
  });
});
