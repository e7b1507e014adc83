import { CURRENT_VERSION, VERSIONS } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

const [, OLD_VERSION] = VERSIONS;

export const deprecatedVersion = defineRule({
  name: "deprecated-version",
  group: "clarity",
  severity: "info",
  since: "0.1.0",
  summary: "The policy is written in the version of 2008",
  fix: "safe",
  tag: "deprecated",
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html"],

  policy({ version, node }, { report, edits, text }) {
    if (version?.value !== OLD_VERSION) return;
    // With variables the version changes what the policy means: `variable-in-old-version` asks about that.
    if (text.slice(node.start, node.end).includes("${")) return;
    report({
      at: version,
      message: `\`${OLD_VERSION}\` knows no policy variables and gets no new features.`,
      fix: {
        title: `Set the version to \`${CURRENT_VERSION}\``,
        edits: edits.setText(version, CURRENT_VERSION),
      },
    });
  },
});
