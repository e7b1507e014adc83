/**
 * What an entry of `Principal.AWS` names: an account, or one identity in it.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { parseArn } from "./arn.js";
import type { Principal } from "./principal.js";

export interface AwsPrincipal {
  /** As written: not necessarily twelve digits. */
  readonly account: string;
  /** `account` is everyone in it, `other` what no principal can be. */
  readonly what: "account" | "user" | "role" | "session" | "federated-user" | "other";
  /** Of the user, role or session's role, without path; empty for an account. */
  readonly name: string;
}

const ACCOUNT = /^\d+$/;

/** `undefined` for everyone, for unique ids and for entries of other types. */
export function awsPrincipal({ type, value }: Principal): AwsPrincipal | undefined {
  if (type?.value !== "AWS") return undefined;
  if (ACCOUNT.test(value)) return { account: value, what: "account", name: "" };
  const arn = parseArn(value);
  if (arn === undefined || (arn.service !== "iam" && arn.service !== "sts")) return undefined;
  const { account, resource } = arn;
  const [head, ...path] = resource.split("/");
  if (resource === "root") return { account, what: "account", name: "" };
  const last = path.at(-1) ?? "";
  if (head === "user" || head === "role") return { account, what: head, name: last };
  if (head === "assumed-role") return { account, what: "session", name: path[0] ?? "" };
  if (head === "federated-user") return { account, what: "federated-user", name: last };
  return { account, what: "other", name: last };
}
