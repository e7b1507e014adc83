import { truthOf } from "../../../policy/absent-key.js";
import { ALLOW, DENY } from "../../../policy/words.js";
import { underOperator } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

const PRESENT = "aws:multifactorauthpresent";
const AGE = "aws:multifactorauthage";

export const bypassableMfa = defineRule({
  name: "bypassable-mfa",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary:
    "A condition asks for multi-factor authentication, and requests made with an access key get around it",
  fix: "suggestion",
  about: { condition: (_operator, key) => key === PRESENT || key === AGE },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists",
  ],

  condition(condition, statement, { report, edits }) {
    const { key, operator, block, values } = condition;
    const folded = key.value.toLowerCase();
    const effect = statement.effect?.value;
    const says = (truth: boolean) => values.length > 0 && values.every((value) => truthOf(value) === truth);
    const replace = (other: string) => ({
      title: `Use \`${other}\``,
      edits: underOperator(condition, statement, other, edits),
    });

    if (effect === ALLOW && operator.ifExists && (folded === AGE || says(true))) {
      report({
        at: block.key,
        message: `Requests signed with an access key do not have \`${key.value}\`, and \`${operator.value}\` lets them in.`,
        fix: operator.qualifier === undefined ? replace(operator.base) : undefined,
      });
    } else if (
      effect === DENY &&
      folded === PRESENT &&
      operator.base === "Bool" &&
      !operator.ifExists &&
      says(false)
    ) {
      report({
        at: block.key,
        message: `Requests signed with an access key do not have \`${key.value}\`, so \`${operator.value}\` does not deny them.`,
        fix: operator.qualifier === undefined ? replace("BoolIfExists") : undefined,
      });
    }
  },
});
