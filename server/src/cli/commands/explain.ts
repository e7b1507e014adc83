/** `iam-policy explain RULE`: the rule's page, in the terminal. */

import { rules } from "../../lint/rules/index.js";
import { nearest } from "../../policy/nearest.js";
import { readArguments } from "../arguments.js";
import { EXIT, type ExitCode, painter, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy explain RULE
Says what a rule reports, why, and what to write instead.
`;

/** @param readPage the Markdown of a rule's page */
export function explainCommand(
  args: readonly string[],
  terminal: Terminal,
  readPage: (rule: string) => string | undefined,
): ExitCode {
  const [name, extra] = readArguments(args, {}).positionals;
  if (name === undefined)
    throw new UsageError("Which rule? `iam-policy lint` names the rule of each finding.");
  if (extra !== undefined) throw new UsageError(`One rule at a time: ${name} or ${extra}?`);
  const rule = rules.find((it) => it.name === name || it.accessAnalyzer === name);
  if (rule === undefined) {
    const near = nearest(
      name,
      rules.map((it) => it.name),
    );
    throw new UsageError(`There is no rule ${name}.${near === undefined ? "" : ` Did you mean ${near}?`}`);
  }
  const paint = painter(terminal.colours);
  const page = readPage(rule.name) ?? `# ${rule.name}\n\n${rule.summary}.\n`;
  const text = page.replace(/^<!--.*-->\n/gm, "").replace(/^(#+ .*)$/gm, (heading) => paint("bold", heading));
  terminal.out(text);
  return EXIT.ok;
}
