/** Results of access tests as JUnit XML: one suite a file, for build servers. */
import { describeFailure, failureDetails } from "../../account/describe-failure.js";
import { type AccessReport, summariseAccess } from "./access-json.js";

export function reportAccessJunit(report: AccessReport): string {
  const { tests, failed, error } = summariseAccess(report);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="iam-policy" tests="${tests}" failures="${failed}" errors="${error}">`,
  ];
  for (const { file, results } of report.files) {
    const count = (wanted: string) => results.filter(({ outcome }) => outcome === wanted).length;
    lines.push(
      `  <testsuite name="${escaped(file)}" tests="${results.length}" failures="${count("failed")}" errors="${count("error")}">`,
    );
    for (const { test, outcome, failures, errors } of results) {
      const attributes = `name="${escaped(test.name)}" classname="${escaped(file)}"`;
      if (outcome === "passed") {
        lines.push(`    <testcase ${attributes}/>`);
        continue;
      }
      lines.push(`    <testcase ${attributes}>`);
      for (const message of errors) lines.push(`      <error message="${escaped(message)}"/>`);
      // A test case has one failure or one error; what else failed is told with the first.
      const [first] = outcome === "error" ? [] : failures;
      if (first !== undefined) {
        const details = failures.map(failureDetails).join("\n");
        lines.push(
          `      <failure message="${escaped(describeFailure(first))}">${escaped(details)}</failure>`,
        );
      }
      lines.push("    </testcase>");
    }
    lines.push("  </testsuite>");
  }
  lines.push("</testsuites>", "");
  return lines.join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  // XML has no way to write most control characters.
  const printable = [...text].filter((char) => char >= " " || char === "\n" || char === "\t").join("");
  return printable.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}
