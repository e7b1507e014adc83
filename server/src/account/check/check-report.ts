/** The account check for people: Markdown that reads well in a terminal too. */
import type { AccountCheck } from "./check-account.js";

const MARK = { good: "✔", warning: "!", error: "✖", unknown: "?" } as const;

export function renderAccountChecks(account: string, checks: readonly AccountCheck[]): string {
  const count = (result: AccountCheck["result"]) => checks.filter((it) => it.result === result).length;
  const blocks = checks.map(({ title, result, details, link }) => {
    const lines = details.map((it) => `  - ${it}`);
    return [`- ${MARK[result]} ${title}`, ...lines, ...(result === "good" ? [] : [`  - <${link}>`])].join(
      "\n",
    );
  });
  const unknown = count("unknown");
  return [
    `# Account ${account}`,
    "",
    ...blocks,
    "",
    `${count("good")} of ${checks.length} checks are good${unknown === 0 ? "" : `, ${unknown} could not be made`}.`,
    "",
  ].join("\n");
}
