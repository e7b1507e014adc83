/**
 * Does a policy give none of some access? Access Analyzer's `CheckAccessNotGranted`, offline: any of the actions on any of
 * the resources is too much. Conditions do not help, because somebody may meet them.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { type CompiledStatement, compilePolicy } from "../evaluate/compile.js";
import { RequestContext } from "../evaluate/context.js";
import { type Policy, readPolicy } from "../policy/policy.js";
import { ALLOW, CURRENT_VERSION } from "../policy/words.js";
import { parseJson } from "../syntax/json/parse.js";
import { type CheckFailure, gainedIn } from "./access-check.js";
import { comparePolicies, sideOf } from "./diff-policies.js";

/** Patterns as in a statement. */
export interface Access {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export function checkAccessNotGranted(
  policy: Policy,
  access: Access,
  catalogue: Catalogue,
): readonly CheckFailure[] {
  const wanted = statementOf(access);
  if (wanted === undefined) return [];
  const covers = (action: string, resource: string) =>
    wanted.matchesAction(action.toLowerCase()) &&
    wanted.resources.some((it) => it.matches(resource, NO_CONTEXT));
  const own = sideOf(policy, catalogue);
  // On both sides, so that its patterns count for the samples and it is no difference itself.
  const asked = ["asked", [wanted]] as const;
  const differences = comparePolicies(
    [policy],
    (asker) => ({ ...own(asker), grants: new Map([asked]), decide: () => "implicitDeny" }),
    (asker) => {
      const side = own(asker);
      return {
        ...side,
        grants: new Map([...side.grants, asked]),
        decide: (action, resource, context) =>
          covers(action, resource) ? side.decide(action, resource, context) : "implicitDeny",
      };
    },
    catalogue,
    wanted.matchesAction,
  );
  return gainedIn(differences, [policy], policy, catalogue);
}

const NO_CONTEXT = new RequestContext(
  {},
  () => true,
  () => undefined,
);

function statementOf({ actions, resources }: Access): CompiledStatement | undefined {
  const statement = { Effect: ALLOW, Action: actions, Resource: resources };
  const { root } = parseJson(JSON.stringify({ Version: CURRENT_VERSION, Statement: [statement] }));
  return root?.type === "object" ? compilePolicy(readPolicy(root)).statements[0] : undefined;
}
