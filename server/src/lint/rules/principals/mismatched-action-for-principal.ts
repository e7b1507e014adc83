import type { ActionPattern } from "../../../policy/action-pattern.js";
import { federatedProvider } from "../../../policy/federated-provider.js";
import { isAnyone, isOfType, type Principal } from "../../../policy/principal.js";
import { matchesPattern } from "../../../policy/wildcard.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule, type Fix, type RuleContext } from "../../rule.js";

export const mismatchedActionForPrincipal = defineRule({
  name: "mismatched-action-for-principal",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "The principal cannot take on the role with this action",
  fix: "suggestion",
  accessAnalyzer: "MISMATCHED_ACTION_FOR_PRINCIPAL",
  appliesTo: ["trust"],
  about: { statement: ({ has }) => has("Principal") && has("Action") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-mismatched-action-for-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html",
  ],

  statement({ actions, principals }, context) {
    if (principals.length === 0 || actions.length === 0) return;
    const ways = principals.flatMap(wayOf);
    for (const action of actions) {
      if (!ACTIONS.has(action.folded)) continue;
      const strangers = ways.filter((it) => !fits(it, action));
      // A statement can hold several pairs that fit: then nobody is mismatched who has a partner.
      const useless = strangers.length === principals.length;
      const mismatched = useless
        ? strangers
        : strangers.filter((it) => !actions.some((other) => fits(it, other)));
      if (mismatched.length === 0) continue;
      context.report({
        at: action,
        message: `\`${action.value}\` is not how ${list(mismatched)} can take on a role.`,
        related: mismatched.map(({ principal, way, misplaced }) => ({
          at: principal,
          message: `This takes \`${way}\`${misplaced ? " and the type `Federated`" : ""}.`,
        })),
        fix: fixFor(action, actions, mismatched, useless, context),
      });
    }
  },
});

const ASSUME_ROLE = "sts:AssumeRole";
const WITH_SAML = "sts:AssumeRoleWithSAML";
const WITH_WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";
const ACTIONS: ReadonlySet<string> = new Set(
  [ASSUME_ROLE, WITH_SAML, WITH_WEB_IDENTITY].map((it) => it.toLowerCase()),
);

interface Way {
  readonly principal: Principal;
  /** The action by which it takes on a role. */
  readonly way: string;
  /** Is it a provider under the type of accounts or services? Then no action fits. */
  readonly misplaced: boolean;
}

/** Empty where the form of the principal does not tell. */
function wayOf(principal: Principal): readonly Way[] {
  const text = fixedText(principal.node);
  if (text === undefined || isAnyone(principal)) return [];
  const federated = isOfType(principal, "Federated");
  const other = isOfType(principal, "AWS") || isOfType(principal, "Service");
  const misplaced = other && (text === COGNITO || (text.startsWith("arn:") && isProvider(text)));
  if (federated || misplaced) {
    const protocol = federatedProvider(text)?.protocol;
    return protocol === undefined
      ? []
      : [{ principal, way: protocol === "SAML" ? WITH_SAML : WITH_WEB_IDENTITY, misplaced }];
  }
  return other ? [{ principal, way: ASSUME_ROLE, misplaced }] : [];
}

const COGNITO = "cognito-identity.amazonaws.com";

function isProvider(text: string): boolean {
  return federatedProvider(text) !== undefined;
}

function fits({ way, misplaced }: Way, { folded }: ActionPattern): boolean {
  return !misplaced && matchesPattern(folded, way.toLowerCase());
}

function list(ways: readonly Way[]): string {
  return ways.map(({ principal }) => `\`${principal.value}\``).join(", ");
}

function fixFor(
  action: ActionPattern,
  actions: readonly ActionPattern[],
  mismatched: readonly Way[],
  useless: boolean,
  { edits }: RuleContext,
): Fix | undefined {
  const [way, ...others] = new Set(mismatched.map((it) => it.way));
  if (way === undefined || others.length > 0 || mismatched.some(({ misplaced }) => misplaced))
    return undefined;
  if (!useless) return { title: `Add \`${way}\``, edits: edits.insertAfter(action.node, way) };
  if (actions.some(({ folded }) => folded === way.toLowerCase()))
    return { title: `Remove \`${action.value}\``, edits: edits.removeItem(action.node) };
  return { title: `Replace with \`${way}\``, edits: edits.setText(action.node, way) };
}
