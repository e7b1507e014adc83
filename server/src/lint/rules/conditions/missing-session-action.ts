import { failsWithoutKey } from "../../../policy/absent-key.js";
import type { ActionPattern } from "../../../policy/action-pattern.js";
import { matchesPattern } from "../../../policy/wildcard.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

const TAG = "sts:TagSession";

/** The action that lets the caller set what the key asks about, by key in lower case up to its slash. */
const SETTER: ReadonlyMap<string, string> = new Map([
  ["sts:sourceidentity", "sts:SetSourceIdentity"],
  ["sts:transitivetagkeys", TAG],
  ["aws:requesttag", TAG],
  ["aws:tagkeys", TAG],
]);

export const missingSessionAction = defineRule({
  name: "missing-session-action",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A role session must carry tags or a source identity that nobody is allowed to set",
  fix: "suggestion",
  accessAnalyzer: "MISSING_ACTION_FOR_CONDITION_KEY",
  appliesTo: ["identity", "boundary", "session", "trust"],
  absence: true,
  about: { condition: (_operator, key) => SETTER.has(key.split("/", 1)[0] ?? "") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-action-for-condition-key",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html",
  ],

  condition(condition, { actions, effect }, { report, edits }) {
    const last = actions.at(-1);
    if (last?.service !== "sts" || effect?.value !== ALLOW || !failsWithoutKey(condition)) return;
    const key = condition.key.value;
    const setter = SETTER.get(key.toLowerCase().split("/", 1)[0] ?? "");
    if (setter === undefined || !actions.some(assumesRole) || actions.some((it) => covers(it, setter)))
      return;
    report({
      at: condition.key,
      message: `Nobody can set \`${key}\`: the statement does not allow \`${setter}\`.`,
      fix: { title: `Add \`${setter}\``, edits: edits.insertAfter(last.node, setter) },
    });
  },
});

function assumesRole({ folded }: ActionPattern): boolean {
  return folded.startsWith("sts:assumerole");
}

function covers({ folded, wildcard }: ActionPattern, action: string): boolean {
  const name = action.toLowerCase();
  return folded === name || (wildcard && matchesPattern(folded, name));
}
