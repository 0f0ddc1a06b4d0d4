import { Html } from './html.ts';

/** Light and dark, on paper and on a telephone. */
export const REPORT_STYLE = new Html(`
:root { color-scheme: light dark; --text: #1b1b1b; --soft: #616161; --line: #d1d1d1; --good: #2b88d8; --bad: #a4262c; --fine: #107c10; --back: #ffffff; --code: #f5f5f5; }
@media (prefers-color-scheme: dark) { :root { --text: #f5f5f5; --soft: #b8b8b8; --line: #4d4d4d; --good: #5ea9e6; --bad: #f1707b; --fine: #54b054; --back: #1f1f1f; --code: #2b2b2b; } }
body { font: 14px/1.5 "Segoe UI", system-ui, sans-serif; color: var(--text); background: var(--back); max-width: 960px; margin: 24px auto; padding: 0 16px; overflow-wrap: break-word; }
h1 { font-size: 24px; line-height: 1.25; } h2 { font-size: 20px; margin-top: 32px; } h3 { font-size: 16px; margin-bottom: 4px; }
.lead { font-size: 16px; } .small, figcaption { color: var(--soft); font-size: 12px; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); }
td { overflow-wrap: break-word; max-width: 420px; } .facts td { overflow-wrap: anywhere; } .facts td:first-child { overflow-wrap: normal; min-width: 96px; }
.wide { overflow-x: auto; } .log table { min-width: 1150px; } .log td { font-size: 12px; min-width: 24px; } @media screen { .log td:nth-child(-n+4) { white-space: nowrap; } }
pre { background: var(--code); padding: 8px; white-space: pre-wrap; overflow-wrap: anywhere; margin: 4px 0; font-size: 12px; }
figure { margin: 12px 0; } svg { width: 100%; height: auto; overflow: visible; }
.land { fill: var(--line); stroke: var(--back); stroke-width: 0.5; } .usual { fill: var(--fine); } .cross { stroke: var(--bad); stroke-width: 3; stroke-linecap: round; fill: none; }
.success { fill: var(--good); } .failure { fill: var(--bad); } .axis, .most { stroke: var(--soft); } .most { stroke-dasharray: 3 2; }
.mean { stroke: var(--fine); stroke-width: 3; } .mark { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 4 3; } .strong { fill: var(--bad); font-size: 12px; font-weight: 600; }
@media print { :root { color-scheme: light; --text: #000; --soft: #444; --line: #bbb; --good: #2b88d8; --bad: #a4262c; --fine: #107c10; --back: #fff; --code: #f5f5f5; }
  body { max-width: none; margin: 0; padding: 0; font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  figure, tr, pre, li { break-inside: avoid; } h1, h2, h3 { break-after: avoid; } section + section { break-before: page; } thead { display: table-header-group; }
  .wide { overflow: visible; } .log table { min-width: 0; table-layout: fixed; } .log td, .log th { font-size: 7pt; padding-right: 6px; white-space: normal; overflow-wrap: anywhere; }
  .log th:first-child { width: 3%; } .log th:nth-child(2) { width: 13%; } .log th:nth-child(3), .log th:nth-child(4) { width: 10%; } .log th:last-child { width: 28%; } }
@page { size: A4; margin: 16mm 14mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #444; } }
`);
