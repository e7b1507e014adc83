/** How long AWS lets names be that stand in policies. See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
import { parseArn } from "./arn.js";
import { hasPlaceholder } from "./placeholder.js";

export interface TooLong {
  /** Such as `role name`. */
  readonly what: string;
  readonly length: number;
  readonly limit: number;
}

const IAM_NAMES: Readonly<Record<string, readonly [what: string, limit: number]>> = {
  user: ["user name", 64],
  role: ["role name", 64],
  group: ["group name", 128],
  policy: ["policy name", 128],
  "instance-profile": ["name of an instance profile", 128],
};
const PATH = 512;
const SESSION_NAME = 64;

/** By folded condition key. */
const VALUES: ReadonlyMap<string, readonly [what: string, limit: number]> = new Map([
  ["sts:externalid", ["external ID", 1_224]],
  ["sts:rolesessionname", ["role session name", SESSION_NAME]],
] as const);

/** What in an ARN is longer than AWS lets it be, so that it names nothing. */
export function tooLongInArn(text: string): TooLong | undefined {
  if (text.length <= SESSION_NAME || hasPlaceholder(text)) return undefined;
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const [kind = "", ...rest] = arn.resource.split("/");
  const name = rest.at(-1) ?? "";
  if (arn.service === "sts" && kind === "assumed-role" && rest.length === 2)
    return tooLong(name, "role session name", SESSION_NAME);
  if (arn.service !== "iam" || !Object.hasOwn(IAM_NAMES, kind)) return undefined;
  const [what, limit] = IAM_NAMES[kind] ?? ["name", PATH];
  return tooLong(name, what, limit) ?? tooLong(`/${rest.slice(0, -1).join("/")}/`, "path", PATH);
}

export function tooLongForKey(key: string, value: string): TooLong | undefined {
  const known = VALUES.get(key.toLowerCase());
  return known === undefined || hasPlaceholder(value) ? undefined : tooLong(value, known[0], known[1]);
}

/** A star may stand for nothing, and what a variable becomes is unknown. */
function tooLong(text: string, what: string, limit: number): TooLong | undefined {
  const { length } = text.replace(/\$\{[^}]*\}?|\*/g, "");
  return length > limit ? { what, length, limit } : undefined;
}
