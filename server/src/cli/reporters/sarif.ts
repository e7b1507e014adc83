/** SARIF 2.1.0, with columns in UTF-16 units, rule help and fixes. See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import { pageUrl } from "../../lint/page.js";
import type { Rule, Severity } from "../../lint/rule.js";
import { positionsIn } from "../../workspace/positions.js";
import type { FileReport, LintReport, LocatedFinding, Location } from "../report.js";

const LEVEL: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
  hint: "note",
};

export function reportSarif({ files }: LintReport, version: string): string {
  const rules = [...new Set(files.flatMap(({ findings }) => findings.map(({ finding }) => finding.rule)))];
  const results = files.flatMap((file) => file.findings.map((it) => result(it, file, rules)));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "IAM Policy Studio", semanticVersion: version, rules: rules.map(descriptor) },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { ROOT: { description: { text: "The folder the command was run in." } } },
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(rule: Rule): object {
  return {
    id: rule.name,
    shortDescription: { text: `${rule.summary}.` },
    helpUri: pageUrl(rule),
    help: {
      text: `${rule.summary}. See ${pageUrl(rule)}`,
      markdown: `${rule.summary}. [More](${pageUrl(rule)})`,
    },
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: { group: rule.group, ...(rule.accessAnalyzer && { accessAnalyzer: rule.accessAnalyzer }) },
  };
}

function result(
  { finding, from, to, pointer, related }: LocatedFinding,
  file: FileReport,
  rules: readonly Rule[],
): object {
  const positions = positionsIn(file.text);
  const at = (offset: number) => ({ ...positions.position(offset), offset });
  const artifactLocation = artifact(file.path);
  const fixes = finding.fixes.map(({ title, edits }) => ({
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation,
        replacements: edits.map((edit) => ({
          deletedRegion: region(at(edit.start), at(edit.end)),
          insertedContent: { text: edit.newText },
        })),
      },
    ],
  }));
  return {
    ruleId: finding.rule.name,
    ruleIndex: rules.indexOf(finding.rule),
    level: LEVEL[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: { artifactLocation, region: region(from, to) },
        logicalLocations: [{ fullyQualifiedName: pointer, kind: "element" }],
      },
    ],
    relatedLocations: related.map((it, id) => ({
      id,
      physicalLocation: { artifactLocation: artifact(it.path), region: region(it.from, it.to) },
      message: { text: it.message },
    })),
    ...(fixes.length > 0 && { fixes }),
  };
}

function artifact(path: string): object {
  return { uri: encodeURI(path), ...(path.startsWith("/") ? {} : { uriBaseId: "ROOT" }) };
}

function region(start: Location, end: Location): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    charOffset: start.offset,
    charLength: end.offset - start.offset,
  };
}
