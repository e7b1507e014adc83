/** The policy that allows everything: `FullAWSAccess` of the organisation, and the stand-in where a policy must not limit. */
import { type Policy, readPolicy } from "../policy/policy.js";
import { parseJson } from "../syntax/json/parse.js";

export const FULL_ACCESS_NAME = "FullAWSAccess";

let known: Policy | undefined;

export function fullAccess(): Policy | undefined {
  const text = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
  const { root } = parseJson(text);
  if (root?.type === "object") known ??= readPolicy(root);
  return known;
}
