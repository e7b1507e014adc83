/**
 * The types that a template's variable can have, and what AWS takes as a value of each. A problem says what is wrong
 * with a value and what to write instead. It knows no template.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { parseArn } from "../policy/arn.js";
import { nearest } from "../policy/nearest.js";
import { hasPlaceholder } from "../policy/placeholder.js";

/** @returns what is wrong, as the rest of a sentence that starts with the value */
type Check = (value: string, catalogue: Pick<Catalogue, "regions">) => string | undefined;

const TYPES = {
  "account-id": accountId,
  arn,
  "bucket-name": bucketName,
  cidr,
  "distribution-id": pattern(
    /^E[A-Z\d]{6,}$/,
    "is no CloudFront distribution: its id looks like E1ABCDEF2GHIJ3",
  ),
  "external-id": externalId,
  folder,
  "folder-name": folderName,
  "function-name": pattern(/^[\w-]{1,64}$/, "is no function name: letters, digits, `-` and `_`, at most 64"),
  "git-branch": gitBranch,
  "github-owner": pattern(
    /^[A-Za-z\d](?:-?[A-Za-z\d]){0,38}$/,
    "is no user or organisation of GitHub: letters, digits and single hyphens, at most 39",
  ),
  "github-repository": githubRepository,
  "group-name": iamName(128),
  "kms-key-arn": keyArn,
  "organization-id": pattern(/^o-[a-z\d]{10,32}$/, "is no organisation: its id looks like o-a1b2c3d4e5"),
  "policy-name": iamName(128),
  region,
  "role-name": iamName(64),
  text: () => undefined,
  "user-name": iamName(64),
  "vpc-endpoint-id": pattern(
    /^vpce-(?:[\da-f]{8}|[\da-f]{17})$/,
    "is no VPC endpoint: its id looks like vpce-0123456789abcdef0",
  ),
} as const satisfies Readonly<Record<string, Check>>;

export type VariableType = keyof typeof TYPES;
export const VARIABLE_TYPES = Object.keys(TYPES) as readonly VariableType[];

/** A sentence about what is wrong with a value; `undefined` for one that AWS takes. */
export function valueProblem(
  type: VariableType,
  value: string,
  catalogue: Pick<Catalogue, "regions">,
): string | undefined {
  if (value === "") return "There is no value.";
  const check: Check = TYPES[type];
  const problem =
    value !== value.trim()
      ? "has white space around it: leave that out"
      : hasPlaceholder(value)
        ? "is a placeholder, and no value"
        : hasControlCharacter(value)
          ? "has a line break or another control character"
          : check(value, catalogue);
  return problem === undefined ? undefined : `\`${value}\` ${problem}${problem.endsWith("?") ? "" : "."}`;
}

function hasControlCharacter(value: string): boolean {
  return [...value].some((it) => it < " " || it === "\u007f");
}

function pattern(expected: RegExp, otherwise: string): Check {
  return (value) => (expected.test(value) ? undefined : otherwise);
}

function accountId(value: string): string | undefined {
  if (/^\d{12}$/.test(value)) return undefined;
  const digits = value.replace(/[\s-]/g, "");
  if (/^\d{12}$/.test(digits)) return `has more than digits in it: write ${digits}`;
  if (/^\d+$/.test(value)) return `is no account id: it needs twelve digits, and this has ${value.length}`;
  return "is no account id: it needs twelve digits, and nothing else";
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function bucketName(value: string): string | undefined {
  if (value.startsWith("arn:")) return "is an ARN: write the name alone, which is behind its last colon";
  if (value.includes("/"))
    return `has a slash, which no bucket name has: the bucket is ${value.split("/")[0]}`;
  const wrong = /[^a-z\d.-]/i.exec(value)?.[0];
  if (wrong !== undefined)
    return `has \`${wrong}\` in it: a bucket name is made of small letters, digits, hyphens and dots`;
  if (/[A-Z]/.test(value)) return `has capital letters: S3 takes ${value.toLowerCase()}`;
  if (value.length < 3 || value.length > 63)
    return `is ${value.length} characters long: a bucket name has 3 to 63`;
  if (!/^[a-z\d]/.test(value) || !/[a-z\d]$/.test(value))
    return "does not start and end with a letter or digit";
  if (value.includes("..")) return "has two dots side by side";
  if (/^\d+\.\d+\.\d+\.\d+$/.test(value)) return "looks like an IP address, which no bucket name may";
  const prefix = RESERVED_PREFIXES.find((it) => value.startsWith(it));
  if (prefix !== undefined) return `starts with \`${prefix}\`, which S3 keeps for itself`;
  const suffix = RESERVED_SUFFIXES.find((it) => value.endsWith(it));
  if (suffix !== undefined) return `ends with \`${suffix}\`, which S3 keeps for itself`;
  return undefined;
}

const RESERVED_PREFIXES = ["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_SUFFIXES = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

function region(value: string, { regions }: Pick<Catalogue, "regions">): string | undefined {
  if (regions.includes(value)) return undefined;
  const zone = /^(.*\d)[a-z]$/.exec(value)?.[1];
  if (zone !== undefined && regions.includes(zone)) return `is an Availability Zone: its Region is ${zone}`;
  const near = nearest(value, regions);
  return `is no Region of AWS${near === undefined ? "" : `; did you mean ${near}?`}`;
}

function iamName(longest: number): Check {
  return (value) => {
    if (value.includes("/")) return "has a slash: a path is no part of the name, write what is behind it";
    const wrong = /[^\w+=,.@-]/.exec(value)?.[0];
    if (wrong !== undefined) return `has \`${wrong}\` in it: IAM takes letters, digits and \`+=,.@_-\``;
    if (value.length > longest) return `is ${value.length} characters long: IAM takes at most ${longest}`;
    return undefined;
  };
}

function arn(value: string): string | undefined {
  if (parseArn(value) === undefined) return "is no ARN: write arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE";
  return /[*?]/.test(value) ? "has a wildcard: name one resource" : undefined;
}

function keyArn(value: string): string | undefined {
  const parsed = parseArn(value);
  if (parsed?.service === "kms" && /^key\/[\w-]+$/.test(parsed.resource)) return undefined;
  return "is no ARN of a KMS key: it looks like arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
}

function cidr(value: string): string | undefined {
  const [address = "", length] = value.split("/");
  const bits = length === undefined || !/^\d{1,3}$/.test(length) ? undefined : Number(length);
  const parts = address.split(".");
  const four = parts.length === 4 && parts.every((it) => /^\d{1,3}$/.test(it) && Number(it) < 256);
  const six = /^[\da-fA-F:]+$/.test(address) && address.includes(":") && address.split(":").length <= 8;
  if (!four && !six) return "is no range of addresses: write it as 203.0.113.0/24";
  if (bits === undefined)
    return `says no length of its prefix: write ${address}/${four ? 32 : 128} for this address alone`;
  return bits > (four ? 32 : 128)
    ? `has a prefix of ${bits} bits: ${four ? 32 : 128} is the most`
    : undefined;
}

function externalId(value: string): string | undefined {
  if (value.length < 2 || value.length > 1224) return "is no external id: it has 2 to 1224 characters";
  return /^[\w+=,.@:/-]+$/.test(value)
    ? undefined
    : "is no external id: letters, digits and `+=,.@:/_-`, without white space";
}

function folder(value: string): string | undefined {
  if (value.startsWith("/") || value.endsWith("/"))
    return "has a slash at an end: write the folder's name alone";
  if (value.split("/").some((it) => /^\.*$/.test(it)))
    return "leads to another folder: write the folder's name alone";
  return /[*?$]/.test(value) ? "has a `*`, `?` or `$`, which a policy reads as something else" : undefined;
}

function folderName(value: string): string | undefined {
  return value.includes("/") ? "has a slash: write the name of one folder" : folder(value);
}

function gitBranch(value: string): string | undefined {
  if (value.startsWith("refs/")) return `is a whole ref: write ${value.replace(/^refs\/heads\//, "")}`;
  return /[\s~^:?*[\\]|\.\.|^-|\/$|\.lock$/.test(value)
    ? "is no name that Git takes for a branch"
    : undefined;
}

function githubRepository(value: string): string | undefined {
  if (value.includes("/")) return `has a slash: the owner goes elsewhere, write ${value.split("/").at(-1)}`;
  return /^[\w.-]{1,100}$/.test(value)
    ? undefined
    : "is no repository of GitHub: letters, digits, `-`, `_` and `.`";
}
