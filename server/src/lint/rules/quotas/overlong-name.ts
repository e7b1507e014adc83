import { type TooLong, tooLongForKey, tooLongInArn } from "../../../policy/name-length.js";
import type { Span } from "../../../syntax/span.js";
import { defineRule, type RuleContext } from "../../rule.js";

export const overlongName = defineRule({
  name: "overlong-name",
  group: "quotas",
  severity: "warning",
  since: "0.1.0",
  summary: "A name is longer than AWS lets such names be, so nothing has it",
  fix: "none",
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"],

  resource(resource, _statement, context) {
    check(resource, tooLongInArn(resource.value), context);
  },

  principal({ node, value }, _statement, context) {
    check(node, tooLongInArn(value), context);
  },

  condition({ key, values }, _statement, context) {
    for (const it of values) {
      if (it.type === "string")
        check(it, tooLongInArn(it.value) ?? tooLongForKey(key.value, it.value), context);
    }
  },
});

function check(at: Span, found: TooLong | undefined, { report }: RuleContext): void {
  if (found === undefined) return;
  const { what, length, limit } = found;
  report({ at, message: `The ${what} has ${length} characters; AWS lets it have ${limit}.` });
}
