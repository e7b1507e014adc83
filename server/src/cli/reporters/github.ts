/** GitHub workflow commands: one annotation a finding. See https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
import type { Severity } from "../../lint/rule.js";
import type { LintReport } from "../report.js";

const COMMAND: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
  hint: "notice",
};

export function reportGithub({ files }: LintReport): string {
  const lines = files.flatMap(({ path, findings }) =>
    findings.map(({ finding, from, to }) => {
      const properties: Record<string, string | number> = {
        file: path,
        line: from.line + 1,
        endLine: to.line + 1,
      };
      // Columns mean nothing to GitHub where an annotation spans lines.
      if (from.line === to.line)
        Object.assign(properties, { col: from.character + 1, endColumn: to.character + 1 });
      properties["title"] = finding.rule.name;
      const list = Object.entries(properties).map(
        ([name, value]) => `${name}=${escapeProperty(String(value))}`,
      );
      return `::${COMMAND[finding.severity]} ${list.join(",")}::${escapeData(finding.message)}\n`;
    }),
  );
  return lines.join("");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
