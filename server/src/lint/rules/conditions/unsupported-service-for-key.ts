import { ACTIONS_WITHOUT_VPCE_KEYS, SERVICES_OF_VPCE_KEY } from "../../../catalogue/vpce-key-services.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { defineRule } from "../../rule.js";

export const unsupportedServiceForKey = defineRule({
  name: "unsupported-service-for-key",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A key about VPC endpoints is used with services that do not send it",
  fix: "none",
  accessAnalyzer: "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES",
  about: { condition: (_operator, key) => SERVICES_OF_VPCE_KEY.has(key) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-use-condition-key-only-with-supported-services",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid",
  ],

  condition({ key }, { actions, notActions }, { report, kind }) {
    const services = SERVICES_OF_VPCE_KEY.get(key.value.toLowerCase());
    if (services === undefined) return;
    const odd = actions.find(({ service, folded }) => {
      // In a resource's own policy every action is one of the resource's service.
      if (service === "") return folded === "*" && kind !== "resource";
      return hasWildcard(service) || !services.has(service) || ACTIONS_WITHOUT_VPCE_KEYS.has(folded);
    });
    if (odd === undefined && notActions.length === 0) return;
    const which =
      odd === undefined
        ? "`NotAction` takes in services that do not"
        : `\`${odd.value}\` is not limited to them`;
    report({
      at: key,
      message: `Only some services send \`${key.value}\`, and ${which}.`,
      ...(odd === undefined
        ? {}
        : { related: [{ at: odd, message: "Takes in services that do not send it." }] }),
    });
  },
});
