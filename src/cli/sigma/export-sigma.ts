import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { writePieces } from '../write-pieces.ts';

/** `vedette export sigma`. */
export function exportCommand(): Command {
  const sigma = new Command('sigma')
    .description('write the detectors that need no memory as Sigma 2.1 rules, for a SIEM that reads the same logs')
    .option('--out <folder>', 'a file for each rule in this folder; absent: all of them to standard output')
    .action(async ({ out }: { out?: string }) => {
      const { sigmaRules } = await import('./sigma-rules.ts'); // other commands do without
      const rules = sigmaRules();
      if (out === undefined) {
        await writePieces(process.stdout, [rules.map((rule) => stringify(rule)).join('---\n')]);
        return;
      }
      await mkdir(out, { recursive: true });
      for (const rule of rules) {
        await writeFile(join(out, `${String(rule.name)}.yml`), stringify(rule));
      }
      await writePieces(process.stderr, [`${rules.length} rules are in ${out}\n`]);
    });
  return new Command('export').description('what Vedette knows, for other tools').addCommand(sigma);
}
