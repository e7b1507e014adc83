/** What a check of access found, in words that the terminal and editors share, and as a Markdown document. */
import type { Catalogue } from "../catalogue/catalogue.js";
import type { Statement } from "../policy/policy.js";
import type { CheckFailure } from "./access-check.js";
import { actionNames } from "./diff-report.js";

/** Who gets what by which statements. */
export function describeGain(
  { who, actions, statements }: CheckFailure,
  catalogue: Catalogue,
  name: (statement: Statement) => string = statementName,
): string {
  const by = statements.length === 0 ? "" : ` by ${statements.map(name).join(" and ")}`;
  return `${who} gets ${actionNames(actions, catalogue)}${by}`;
}

/** The request that shows it. */
export function describeShown({ witness }: CheckFailure): string {
  if (witness === undefined) return "no request could be made up that shows it";
  const given = Object.entries(witness.context).map(([key, value]) => `${key}=${String(value)}`);
  const under = given.length === 0 ? "" : ` with ${given.join(" ")}`;
  return `${witness.action} on ${witness.resource}${under}: allowed`;
}

/** A statement, or what is left of it once its text is gone. */
export interface NamedStatement {
  readonly index: number;
  readonly sid: { readonly value: string } | undefined;
}

export function statementName({ index, sid }: NamedStatement): string {
  return sid === undefined ? `statement ${index}` : `\`${sid.value}\``;
}

/** What is checked, in words that hold where the check passes. */
export type Promised =
  | { readonly check: "no-new-access" /** As shown to the user. */; readonly reference: string }
  | {
      readonly check: "access-not-granted";
      readonly actions: readonly string[];
      readonly resources: readonly string[];
    }
  | { readonly check: "no-public-access" };

export function promiseOf(asked: Promised): string {
  if (asked.check === "no-public-access") return "not public";
  if (asked.check === "no-new-access") return `no access that ${asked.reference} does not give`;
  const what = asked.actions.length === 0 ? "nothing" : asked.actions.join(", ");
  const on = asked.resources.length === 0 ? "" : ` on ${asked.resources.join(", ")}`;
  return asked.actions.length === 0 ? `${what} allowed${on}` : `${what} not allowed${on}`;
}

/** As Markdown shows it literally, but for what stands in backticks. */
export function inMarkdown(text: string): string {
  const parts = text.split(/(`[^`]*`)/);
  return parts.map((it, index) => (index % 2 === 1 ? it : it.replace(/[\\*_<>[\]]/g, "\\$&"))).join("");
}

export interface CheckHeading {
  /** What was checked, as it is where the check passes, such as: no access that HEAD does not give. */
  readonly promise: string;
  /** Of the policy, as shown to the user. */
  readonly name: string;
}

export function checkMarkdown(
  failures: readonly CheckFailure[],
  { promise, name }: CheckHeading,
  catalogue: Catalogue,
  link: (statement: Statement) => string,
): string {
  const passed = failures.length === 0;
  const lines = failures.slice(0, SHOWN).flatMap((failure) => [
    // Two blanks break the line.
    `- ${inMarkdown(describeGain(failure, catalogue, (it) => `${statementName(it)} (${link(it)})`))}  `,
    `  \`${describeShown(failure)}\``,
  ]);
  const more = failures.length - SHOWN;
  return [
    `# ${passed ? "✔ Pass" : "✖ Fail"}: ${inMarkdown(name)}`,
    "",
    `Checked here, offline: ${inMarkdown(promise)}.`,
    "",
    ...lines,
    ...(more > 0 ? [`- … and ${more} more.`] : []),
    ...(passed ? ["No such access was found."] : []),
    "",
    "---",
    "",
    passed
      ? "That none was found is strong evidence and no proof."
      : "Each line is shown by a request that the policy allows.",
    "",
  ].join("\n");
}

/** Beyond so many, the rest is counted. */
const SHOWN = 40;
