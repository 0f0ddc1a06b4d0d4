import { Command } from 'commander';
import { backupCommand, restoreCommand } from './backup.ts';
import { type CheckOptions, checkConfigCommand, runCheckConfig } from './check-config.ts';
import { completionCommand } from './completion.ts';
import { dataCommand } from './data-update.ts';
import { eraseCommand } from './erase-command.ts';
import { evidenceCommands } from './evidence-commands.ts';
import { huntCommands, sqlCommand } from './hunt-commands.ts';
import { loginCommand } from './login.ts';
import { mailCommand } from './mail-test.ts';
import { deliveryCommands, notificationCommands } from './notification-commands.ts';
import { type ReplayOptions, replayCommand } from './replay-options.ts';
import { EXIT, reportFailure } from './report-failure.ts';
import { runReplay } from './run-replay.ts';
import { selfTestCommand } from './self-test.ts';
import { type Plugins, runServe, type ServeCommandOptions, serveCommand } from './serve.ts';
import { serverCommands } from './server-commands.ts';
import { exportCommand } from './sigma/export-sigma.ts';
import { simulateCommand } from './simulate.ts';
import { suppressionCommands } from './suppression-commands.ts';
import { terminalText } from './terminal-text.ts';
import { runTune, type TuneOptions, tuneCommand } from './tune.ts';
import { vedetteVersion } from './vedette-version.ts';
import { writePieces } from './write-pieces.ts';

/** Runs the command that the arguments name (without those of Node) and gives the exit code. Never throws. */
export async function runCli(args: readonly string[], plugins: Plugins): Promise<number> {
  process.once('uncaughtException', endProcess);
  try {
    await program(plugins).parseAsync([...args], { from: 'user' });
    return process.exitCode === undefined ? EXIT.success : EXIT.failure; // a command may have said so itself
  } catch (error) {
    const { code, text } = reportFailure(error, process.env);
    // Where standard error itself is broken, the exit code is all that is left to tell.
    await writePieces(process.stderr, [text]).catch(() => false);
    return code;
  }
}

/** An error outside of the command's own course, such as a stream's: nothing can be trusted to go on. */
function endProcess(error: Error): void {
  const { code, text } = reportFailure(error, process.env);
  process.stderr.write(text, () => process.exit(code));
}

/** All commands. */
export function program(plugins: Plugins): Command {
  const replay = replayCommand().action((options: ReplayOptions) => runReplay(options, plugins));
  const check = checkConfigCommand().action((options: CheckOptions) => runCheckConfig(options, plugins));
  const serve = serveCommand().action((options: ServeCommandOptions) => runServe(options, plugins));
  const tune = tuneCommand().action((resource: string, options: TuneOptions) => runTune(resource, options, plugins));
  const commands = [
    serve,
    replay,
    tune,
    check,
    backupCommand(plugins),
    restoreCommand(plugins),
    dataCommand(plugins),
    mailCommand(plugins),
    loginCommand(),
    notificationCommands(),
    deliveryCommands(),
    ...serverCommands(),
    huntCommands(),
    evidenceCommands(),
    eraseCommand(),
    sqlCommand(),
    suppressionCommands(),
    simulateCommand(),
    selfTestCommand(),
    exportCommand(),
    completionCommand(() => root),
  ];
  const root = new Command('vedette')
    .description('Advanced Threat Protection for PostgreSQL and Azure Cosmos DB that you run yourself')
    .version(vedetteVersion());
  for (const command of commands) {
    root.addCommand(command);
  }
  for (const command of [root, ...commands.flatMap((it) => [it, ...it.commands])]) {
    command.exitOverride().configureOutput({ outputError: (text, write) => write(`vedette: ${safeLines(text)}`) });
  }
  return root;
}

/** Arguments are repeated in messages. */
function safeLines(text: string): string {
  return text
    .replace(/^error: /, '')
    .split('\n')
    .map(terminalText)
    .join('\n');
}
