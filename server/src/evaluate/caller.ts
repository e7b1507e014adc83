/**
 * Who makes a request: the principal of a request read into its kind, account and the names policies know it by.
 * Which of those names a policy uses is `match-principal.ts`'s question.
 */
import { parseArn } from "../policy/arn.js";
import { AS_ACCOUNT, AS_IDENTITY, AS_ITSELF, type Naming } from "./match-principal.js";

export type PrincipalInput = string | { readonly service: string } | { readonly federated: string };

export type CallerKind =
  | "user"
  /** Some session of a role, its session name unknown. */
  | "role"
  | "session"
  /** From `sts:GetFederationToken`. */
  | "federated-user"
  | "root"
  | "service"
  /** Someone whom an identity provider vouches for, about to assume a role. */
  | "federated"
  | "anonymous";

export interface Caller {
  readonly kind: CallerKind;
  /** What to call it in a sentence. */
  readonly label: string;
  readonly partition: string;
  readonly account: string | undefined;
  /** The value of `aws:PrincipalArn`. */
  readonly principalArn: string | undefined;
  /** The friendly name of a user, or of a federated user. */
  readonly name: string | undefined;
  readonly service: string | undefined;
  readonly provider: string | undefined;
  /** What an `AWS` principal can be written as to name this caller. */
  readonly names: ReadonlyMap<string, Naming>;
  /** No organisation policy limits a role that a service owns. */
  readonly serviceLinked: boolean;
}

export type CallerProblem =
  | "not-an-arn"
  | "group"
  | "unknown-kind"
  | "account-id"
  | "missing-session"
  | "wildcard";

const ACCOUNT_ID = /^\d{12}$/;
const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|amazon\.com)$/;
/** The providers that a trust policy names without an ARN. */
const WEB_IDENTITY_PROVIDERS: ReadonlySet<string> = new Set([
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "graph.facebook.com",
  "www.amazon.com",
]);
const remembered = new Map<string, Caller | CallerProblem>();

export const ANONYMOUS = "anonymous";

/** The caller, or what is wrong with the principal. */
export function readCaller(input: PrincipalInput): Caller | CallerProblem {
  if (typeof input !== "string") {
    return "service" in input ? service(input.service) : provider(input.federated);
  }
  const known = remembered.get(input);
  if (known !== undefined) return known;
  const caller = readText(input);
  if (remembered.size >= 10_000) remembered.clear();
  remembered.set(input, caller);
  return caller;
}

function readText(text: string): Caller | CallerProblem {
  if (text === ANONYMOUS) return make({ kind: "anonymous", label: "An anonymous caller" });
  if (ACCOUNT_ID.test(text)) return root("aws", text);
  if (WEB_IDENTITY_PROVIDERS.has(text)) return provider(text);
  if (SERVICE.test(text)) return service(text);
  if (/[*?]/.test(text)) return "wildcard";
  const arn = parseArn(text);
  if (arn === undefined) return "not-an-arn";
  const { partition, account, resource } = arn;
  // An origin access identity of CloudFront looks like a user of an account that does not exist.
  if (account === "cloudfront" && resource.startsWith("user/")) {
    return make({ kind: "service", label: text, partition, names: new Map([[text, AS_ITSELF]]) });
  }
  if (!ACCOUNT_ID.test(account)) return "account-id";
  const slash = resource.indexOf("/");
  const kind = slash < 0 ? resource : resource.slice(0, slash);
  const rest = slash < 0 ? "" : resource.slice(slash + 1);
  const lastName = rest.slice(rest.lastIndexOf("/") + 1);
  const shared = { label: `\`${text}\``, partition, account };
  if (arn.service === "iam") {
    if (resource === "root") return root(partition, account);
    if (kind === "group") return "group";
    if (kind === "oidc-provider" || kind === "saml-provider") return provider(text);
    if (lastName === "") return "unknown-kind";
    if (kind === "user") {
      return make({
        ...shared,
        kind: "user",
        principalArn: text,
        name: lastName,
        names: namesOf(partition, account, [[text, AS_ITSELF]]),
      });
    }
    if (kind === "role") {
      return make({
        ...shared,
        kind: "role",
        principalArn: text,
        names: namesOf(partition, account, [[text, AS_IDENTITY]]),
        serviceLinked: rest.startsWith("aws-service-role/"),
      });
    }
    return "unknown-kind";
  }
  if (arn.service === "sts" && kind === "assumed-role") {
    const [role = "", session = ""] = rest.split("/");
    if (role === "" || session === "") return "missing-session";
    const roleArn = `arn:${partition}:iam::${account}:role/${role}`;
    return make({
      ...shared,
      kind: "session",
      principalArn: roleArn,
      names: namesOf(partition, account, [
        [text, AS_ITSELF],
        [roleArn, AS_IDENTITY],
      ]),
      serviceLinked: role.startsWith("AWSServiceRoleFor"),
    });
  }
  if (arn.service === "sts" && kind === "federated-user" && rest !== "") {
    return make({
      ...shared,
      kind: "federated-user",
      principalArn: text,
      name: rest,
      names: namesOf(partition, account, [
        [text, AS_ITSELF],
        [`arn:${partition}:iam::${account}:user/${rest}`, AS_IDENTITY],
      ]),
    });
  }
  return "unknown-kind";
}

function root(partition: string, account: string): Caller {
  const arn = `arn:${partition}:iam::${account}:root`;
  return make({
    kind: "root",
    label: `The root user of \`${account}\``,
    partition,
    account,
    principalArn: arn,
    names: new Map([
      [arn, AS_ITSELF],
      [account, AS_ITSELF],
    ]),
  });
}

function service(name: string): Caller {
  return make({ kind: "service", label: `\`${name}\``, service: name });
}

function provider(name: string): Caller {
  return make({ kind: "federated", label: `\`${name}\``, provider: name });
}

function namesOf(
  partition: string,
  account: string,
  own: readonly (readonly [string, Naming])[],
): ReadonlyMap<string, Naming> {
  return new Map([[account, AS_ACCOUNT], [`arn:${partition}:iam::${account}:root`, AS_ACCOUNT], ...own]);
}

function make(caller: Partial<Caller> & Pick<Caller, "kind" | "label">): Caller {
  return {
    partition: "aws",
    account: undefined,
    principalArn: undefined,
    name: undefined,
    service: undefined,
    provider: undefined,
    names: new Map(),
    serviceLinked: false,
    ...caller,
  };
}
