/** The parts of a rule's page that its metadata states: written by `npm run generate`, compared by the tests. */
import type { Rule } from "./rule.js";
import { presetsOf } from "./rule-set.js";

const OPEN = "<!-- generated from the rule: do not edit -->";
const CLOSE = "<!-- /generated -->";

export function renderHeader(rule: Rule): string {
  const rows: [string, string][] = [
    ["Group", rule.group],
    ["Severity", rule.severity],
    ["Fix", rule.fix],
    ["Presets", presetsOf(rule).join(", ")],
    ["Policies", rule.appliesTo?.join(", ") ?? "all kinds"],
    ["Since", rule.since],
  ];
  if (rule.accessAnalyzer !== undefined) rows.splice(3, 0, ["Access Analyzer", `\`${rule.accessAnalyzer}\``]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    OPEN,
    `${rule.summary}.`,
    "",
    line(rows.map(([name]) => name)),
    line(rows.map(() => "---")),
    line(rows.map(([, value]) => value)),
    CLOSE,
  ].join("\n");
}

export function renderReferences(rule: Rule): string {
  return `${OPEN}\n## References\n\n${rule.references.map((url) => `- <${url}>`).join("\n")}\n${CLOSE}\n`;
}

/** The page with its generated parts as the rule states them now. */
export function renewPage(page: string, rule: Rule): string {
  const part = new RegExp(`${OPEN}[\\s\\S]*?${CLOSE}\\n?`, "g");
  let index = 0;
  return page.replace(part, () => (index++ === 0 ? `${renderHeader(rule)}\n` : renderReferences(rule)));
}

/** Where the page is read on the web; the code of every diagnostic links to it. */
export function pageUrl(rule: Rule): string {
  return `https://github.com/iam-policy-studio/iam-policy-studio/blob/main/docs/rules/${rule.name}.md`;
}
