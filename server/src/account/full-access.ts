/**
 * The policy that allows everything: `FullAWSAccess` of the organisation, and the stand-in where a policy must not limit;
 * and the policy that says nothing, the stand-in for one that is not there.
 */
import { type Policy, readPolicy } from "../policy/policy.js";
import { parseJson } from "../syntax/json/parse.js";

export const FULL_ACCESS_NAME = "FullAWSAccess";

export const fullAccess = once(`[{"Effect":"Allow","Action":"*","Resource":"*"}]`);
export const noAccess = once("[]");

/** One policy, however often it is asked for. */
function once(statements: string): () => Policy | undefined {
  let known: Policy | undefined;
  return () => {
    if (known === undefined) {
      const { root } = parseJson(`{"Version":"2012-10-17","Statement":${statements}}`);
      if (root?.type === "object") known = readPolicy(root);
    }
    return known;
  };
}
