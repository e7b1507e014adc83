import { templatesOfAction } from "../../../catalogue/arn-template.js";
import type { Action, Catalogue } from "../../../catalogue/catalogue.js";
import { ofWords } from "../../../policy/action-pattern.js";
import type { Statement } from "../../../policy/policy.js";
import { ALLOW } from "../../../policy/words.js";
import { isCircumstance } from "../../circumstance.js";
import { defineRule } from "../../rule.js";

export const wildcardResource = defineRule({
  name: "wildcard-resource",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "An action that changes things is allowed on every resource, though it could be limited",
  fix: "none",
  appliesTo: ["identity", "session"],
  about: { statement: ({ effect, has }) => effect === ALLOW && has("Resource") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  ],

  statement(statement, { catalogue, report }) {
    const star = statement.resources.find(({ value }) => value === "*");
    if (star === undefined || isNarrowed(statement)) return;
    const found = statement.actions.filter(
      // `wildcard-action` reports whole services.
      ({ words, name }) => name !== "*" && someLimitable(words, catalogue),
    );
    const [first, ...others] = found;
    if (first === undefined) return;
    report({
      at: star,
      message: `\`${first.value}\` ${others.length === 0 ? "is" : `and ${others.length} more are`} allowed on every resource.`,
      related: found.map((action) => ({ at: action, message: "It can be limited to certain resources." })),
    });
  },
});

const someLimitable = ofWords.answeredIn(({ folded }, catalogue: Catalogue) =>
  catalogue.expand(folded).some((it) => isLimitable(it, catalogue)),
);

function isLimitable(action: Action, catalogue: Catalogue): boolean {
  const { accessLevel } = action;
  return (
    (accessLevel === "Write" || accessLevel === "Permissions management") &&
    templatesOfAction(catalogue, action).length > 0
  );
}

/** Is there a condition on the resource, or on what is done with it? Who asks, when and from where narrows nothing. */
function isNarrowed({ conditions }: Statement): boolean {
  return conditions.some(
    (condition) => !isCircumstance(condition) || /^aws:resource/i.test(condition.key.value),
  );
}
