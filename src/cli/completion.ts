import { Argument, Command } from 'commander';
import { writePieces } from './write-pieces.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** A command with what may follow it. */
interface Node {
  /** `/alerts/list`; empty for the program itself. */
  path: string;
  description: string;
  commands: readonly Node[];
  options: readonly { words: readonly string[]; description: string; choices: readonly string[] }[];
}

/** `vedette completion`. @param root the whole program, asked when the command runs */
export function completionCommand(root: () => Command): Command {
  return new Command('completion')
    .description('print what completes commands in a shell; in bash: source <(vedette completion bash)')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .action(async (shell: Shell) => {
      await writePieces(process.stdout, [completionScript(root(), shell)]);
    });
}

export function completionScript(root: Command, shell: Shell): string {
  const tree = nodeOf(root, '');
  switch (shell) {
    case 'bash':
      return bashScript(tree);
    case 'zsh':
      return `#compdef vedette\nautoload -Uz compinit bashcompinit\ncompinit -C\nbashcompinit\n${bashScript(tree)}`;
    case 'fish':
      return fishScript(tree);
  }
}

function nodeOf(command: Command, path: string): Node {
  const options = command.options.map(({ short, long, description, argChoices }) => ({
    words: [short, long].filter((word) => word !== undefined),
    description,
    choices: argChoices ?? [],
  }));
  const commands = command.commands.map((child) => nodeOf(child, `${path}/${child.name()}`));
  return { path, description: command.description(), commands, options };
}

function allOf(node: Node): Node[] {
  return [node, ...node.commands.flatMap(allOf)];
}

function nameOf({ path }: Node): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function wordsOf({ commands, options }: Node): string {
  return [...commands.map(nameOf), ...options.flatMap(({ words }) => words), '--help'].join(' ');
}

/** Which command it is, is found by walking along the words; then what follows it is offered. */
function bashScript(tree: Node): string {
  const nodes = allOf(tree);
  const paths = nodes.filter(({ path }) => path !== '').map(({ path }) => path);
  const choices = nodes.flatMap(({ path, options }) =>
    options
      .filter((option) => option.choices.length > 0)
      .map(
        ({ words, choices: of }) =>
          `    ${words.map((word) => `'${path} ${word}'`).join('|')}) words='${of.join(' ')}' ;;`,
      ),
  );
  return [
    '_vedette() {',
    "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path='' words='' i",
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    '    case "$path/${COMP_WORDS[i]}" in',
    `      ${paths.join('|')}) path="$path/\${COMP_WORDS[i]}" ;;`,
    '    esac',
    '  done',
    '  case "$path $prev" in',
    ...choices,
    '    *) case "$path" in',
    ...nodes.map((node) => `      '${node.path}') words='${wordsOf(node)}' ;;`),
    '    esac ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$cur"))',
    '}',
    'complete -o default -F _vedette vedette',
    '',
  ].join('\n');
}

function fishScript(tree: Node): string {
  return `${[`complete -c vedette -f`, ...allOf(tree).flatMap(fishLines)].join('\n')}\n`;
}

function fishLines(node: Node): string[] {
  const above = node.path.split('/').filter((word) => word !== '');
  const within = above.map((word) => `__fish_seen_subcommand_from ${word}`);
  const none = node.commands.map(nameOf).join(' ');
  const here = [...within, ...(none === '' ? [] : [`not __fish_seen_subcommand_from ${none}`])].join('; and ');
  const condition = here === '' ? '' : ` -n '${here}'`;
  return [
    ...node.commands.map(
      (child) => `complete -c vedette${condition} -a ${nameOf(child)} -d '${quoted(child.description)}'`,
    ),
    ...node.options.map(({ words, description, choices }) => {
      const names = words.map((word) => (word.startsWith('--') ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`));
      const values = choices.length === 0 ? '' : ` -x -a '${choices.map(quoted).join(' ')}'`;
      return `complete -c vedette${condition} ${names.join(' ')}${values} -d '${quoted(description)}'`;
    }),
  ];
}

/** For a text in single quotes of fish. */
function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
