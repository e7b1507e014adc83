/**
 * One mistake made in a sound policy draws the check that AWS documents for it, once, and no other, and whichever repair
 * is taken leaves no such mistake: AWS's managed policies, and published ones of all kinds, each broken in as many ways
 * as apply to it.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, it } from "node:test";
import {
  type Configuration,
  defaultConfiguration,
  readConfiguration,
} from "../../server/src/lint/configuration.js";
import type { Finding } from "../../server/src/lint/rule.js";
import { rules } from "../../server/src/lint/rules/index.js";
import type { PolicyKind } from "../../server/src/policy/words.js";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { analyse } from "../../server/src/workspace/analysis.js";
import { managedPolicies } from "../../tools/bench/corpus.mjs";
import { globSync } from "../../tools/glob.mjs";
import { realCatalogue } from "../catalogue/real.js";
import { readSpec } from "./spec.js";

type Statement = Record<string, unknown>;

interface Policy {
  Version?: string;
  Statement: Statement[];
}

interface Mistake {
  readonly check: string;
  readonly kinds: readonly PolicyKind[];
  /** Changes the policy; `false` where it has nothing of the sort. */
  readonly make: (policy: Policy) => boolean;
}

const ALL: readonly PolicyKind[] = ["identity", "resource", "trust", "scp", "rcp"];
const WITH_RESOURCES = ALL.filter((it) => it !== "trust");

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are policy variables. */
const MISTAKES: readonly Mistake[] = [
  policy("INVALID_VERSION", ALL, (it) => set(it, "Version", "2012-10-18")),
  statement("MISSING_EFFECT", ALL, (it) => delete it["Effect"]),
  statement("INVALID_EFFECT", ALL, (it) => set(it, "Effect", "allow")),
  statement("INVALID_POLICY_ELEMENT", ALL, (it) => set(it, "Actions", "s3:GetObject")),
  statement("MISSING_RESOURCE", WITH_RESOURCES, (it) => has(it, "Resource") && delete it["Resource"]),
  statement("MISSING_PRINCIPAL", ["resource", "trust", "rcp"], (it) => delete it["Principal"]),
  statement("UNSUPPORTED_PRINCIPAL", ["identity"], (it) => set(it, "Principal", "*")),
  statement("SCP_SYNTAX_ERROR_PRINCIPAL", ["scp"], (it) => set(it, "Principal", "*")),
  statement("RCP_SYNTAX_ERROR_PRINCIPAL", ["rcp"], (it) => set(it, "Principal", { AWS: "111122223333" })),
  statement("RCP_SYNTAX_ERROR_ACTION", ["rcp"], (it) => set(it, "Action", "ec2:*")),
  statement("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", ["trust"], (it) => set(it, "Resource", "*")),
  statement("FEDERATED_PRINCIPAL_NOT_SUPPORTED", ["resource"], (it) => {
    it["Principal"] = { Federated: "arn:aws:iam::111122223333:saml-provider/idp" };
  }),
  statement(
    "INVALID_ROLE_REFERENCE",
    ["resource"],
    (it) => (it["Principal"] = { AWS: "AROAABCDEFGHIJKLMNOPQ" }),
  ),
  statement("UNSUPPORTED_SID", ["identity", "trust", "scp", "rcp"], (it) => set(it, "Sid", "My-Sid 1")),
  // Roles Anywhere takes three actions, and misses one that is misspelt: so not in trust policies.
  entry("INVALID_ACTION", "Action", WITH_RESOURCES, /^[a-z0-9-]+:[A-Za-z0-9]+$/, (it) => `${it}Zz`),
  entry("INVALID_SERVICE_IN_ACTION", "Action", WITH_RESOURCES, /^[a-z0-9-]+:/, (it) =>
    it.replace(":", "zz:"),
  ),
  entry("INVALID_ARN_PREFIX", "Resource", WITH_RESOURCES, /^arn:/, (it) => `arm${it.slice(3)}`),
  entry("INVALID_PARTITION", "Resource", WITH_RESOURCES, /^arn:aws:/, (it) => it.replace("aws", "awz")),
  entry("INVALID_SERVICE", "Resource", WITH_RESOURCES, /^arn:aws:[a-z0-9-]+:/, (it) =>
    it.replace(/^(arn:aws:[^:]+)/, "$1zz"),
  ),
  // The reference knows nothing of AWS WAF that is in a Region.
  entry("INVALID_ARN_REGION", "Resource", WITH_RESOURCES, /^arn:aws:(?!waf:)[a-z0-9-]+:[^:]+:/, (it) =>
    it.replace(/^(arn:aws:[^:]+):[^:]+/, "$1:us-esat-1"),
  ),
  entry("INVALID_ARN_ACCOUNT", "Resource", WITH_RESOURCES, /^arn:aws:[a-z0-9-]+:[^:]*:(?:\d{12}|\*):/, (it) =>
    it.replace(/^(arn:aws:[^:]+:[^:]*):[^:]+/, "$1:12345"),
  ),
  key("INVALID_CONDITION_OPERATOR", (conditions, operator) =>
    rename(conditions, operator, `Strng${operator}`),
  ),
  key("DUPLICATE_KEYS_WITH_DIFFERENT_CASE", (conditions, operator, name) => {
    const block = conditions[operator] as Statement;
    block[name.toUpperCase() === name ? name.toLowerCase() : name.toUpperCase()] = block[name];
  }),
  condition("TYPE_MISMATCH_DATE", { DateGreaterThan: { "aws:CurrentTime": "2026-13-45" } }),
  condition("TYPE_MISMATCH_BOOLEAN", { Bool: { "aws:SecureTransport": "yes" } }),
  condition("TYPE_MISMATCH_NUMBER", { NumericLessThan: { "aws:MultiFactorAuthAge": "soon" } }),
  condition("TYPE_MISMATCH_IP_RANGE", { IpAddress: { "aws:SourceIp": "203.0.113.0/33" } }),
  condition("PRIVATE_IP_ADDRESS", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
  condition("INVALID_REGION", { StringEquals: { "aws:RequestedRegion": "eu-wset-1" } }),
  condition("INVALID_VPC_FORMAT", { StringEquals: { "aws:SourceVpc": "vpc-12" } }),
  condition("INVALID_VPCE_FORMAT", { StringEquals: { "aws:SourceVpce": "vpce-12" } }),
  condition("INVALID_GLOBAL_CONDITION_KEY", { StringEquals: { "aws:PrincipleOrgID": "o-abcdefghij" } }),
  condition("INVALID_CONDITION_KEY_FORMAT", { StringEquals: { PrincipalOrgID: "o-abcdefghij" } }),
  condition("MISSING_TAG_KEY_IN_CONDITION", { StringEquals: { "aws:PrincipalTag": "red" } }),
  condition("MISSING_QUALIFIER", { StringEquals: { "aws:CalledVia": "athena.amazonaws.com" } }),
  condition("NULL_WITH_IF_EXISTS", { NullIfExists: { "aws:TokenIssueTime": "true" } }),
  condition("EMPTY_OBJECT_CONDITION", {}),
  condition("INVALID_CONDITION_MULTIPLE_BOOLEAN", { Bool: { "aws:SecureTransport": ["true", "false"] } }),
  condition("MISSING_BRACE_IN_VARIABLE", { StringEquals: { "aws:PrincipalTag/a": "${aws:username" } }),
  condition("EMPTY_VARIABLE", { StringEquals: { "aws:PrincipalTag/a": "${}" } }),
  condition("UNSUPPORTED_SPACE_IN_VARIABLE", { StringEquals: { "aws:PrincipalTag/a": "${ aws:username}" } }),
  condition("MISSING_QUOTE_IN_VARIABLE", { StringEquals: { "aws:PrincipalTag/a": "${aws:username, x}" } }),
];
/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: these were policy variables. */

/** Of AWS's own policies one in so many. */
const SHARE = 24;
const CHECKS_OF_AWS = readConfiguration('{ "preset": "aws" }', rules).configuration;
const sound: readonly { readonly name: string; readonly kind: PolicyKind; readonly text: string }[] = [
  ...managedPolicies()
    .filter((_, index) => index % SHARE === 0)
    .map((it) => ({ ...it, kind: "identity" as const })),
  ...globSync("test/lint/published/by-kind", /\.md$/).flatMap((path) =>
    readSpec(readFileSync(path, "utf8")).map(({ title, input, scene }) => ({
      name: title,
      kind: (scene.kind ?? (path.endsWith("trust.md") ? "trust" : "resource")) as PolicyKind,
      text: input,
    })),
  ),
].filter(({ text, kind }) => isSound(text, kind) && Array.isArray(JSON.parse(text).Statement));

describe("one mistake", () => {
  let made = 0;
  let repaired = 0;
  after(() => assert.ok(made > 2000 && repaired > 1500, `only ${made} mistakes, ${repaired} repairs`));

  for (const { check, kinds, make } of MISTAKES) {
    it(`draws ${check}, and its repairs leave none`, () => {
      let tried = 0;
      for (const { name, kind, text } of sound) {
        const broken = JSON.parse(text) as Policy;
        if (!kinds.includes(kind) || !make(broken)) continue;
        const brokenText = JSON.stringify(broken, null, 2);
        const what = `${kind} ${name}\n${brokenText.slice(0, 2000)}`;
        const found = findingsIn(brokenText, kind, CHECKS_OF_AWS);
        assert.deepEqual(found.map(checkOf), [check], what);
        for (const { title, edits } of found.flatMap(({ fixes }) => fixes)) {
          const after = applyEdits(brokenText, edits);
          const left = findingsIn(after, kind, CHECKS_OF_AWS).map(checkOf);
          assert.ok(!left.includes(check) && !left.includes("JSON_SYNTAX_ERROR"), `${title}: ${what}`);
          repaired++;
        }
        tried++;
      }
      assert.ok(tried > 0);
      made += tried;
    });
  }
});

/** Of what AWS has dropped nothing is called unknown. */
function isSound(text: string, kind: PolicyKind): boolean {
  const findings = findingsIn(text, kind, defaultConfiguration(rules));
  return findings.every((it) => checkOf(it) === undefined && !it.rule.name.startsWith("retired"));
}

function checkOf({ rule }: Finding): string | undefined {
  return rule.accessAnalyzer;
}

function findingsIn(text: string, kind: PolicyKind, configuration: Configuration): readonly Finding[] {
  return analyse({
    text,
    language: "json",
    path: "policy.json",
    configuration,
    catalogue: realCatalogue(),
    kind,
    today: "2026-11-22",
  }).findings;
}

function policy(check: string, kinds: readonly PolicyKind[], change: (it: Policy) => unknown): Mistake {
  return { check, kinds, make: (it) => change(it) !== false };
}

/** In the first statement. */
function statement(check: string, kinds: readonly PolicyKind[], change: (it: Statement) => unknown): Mistake {
  return policy(check, kinds, ({ Statement: [first] }) => first !== undefined && change(first));
}

/** In the first entry of a list, or the text alone, that looks so. */
function entry(
  check: string,
  element: string,
  kinds: readonly PolicyKind[],
  form: RegExp,
  change: (text: string) => string,
): Mistake {
  return statement(check, kinds, (it) => {
    const value = it[element];
    const list = (Array.isArray(value) ? value : [value]) as unknown[];
    const at = list.findIndex((text) => typeof text === "string" && form.test(text));
    if (at < 0) return false;
    it[element] = list.with(at, change(list[at] as string));
    return true;
  });
}

/** In the first condition of a statement that has some. */
function key(
  check: string,
  change: (conditions: Statement, operator: string, key: string) => unknown,
): Mistake {
  return statement(check, ALL, (it) => {
    const conditions = it["Condition"] as Statement | undefined;
    const [operator] = Object.keys(conditions ?? {});
    const [name] = Object.keys((operator && conditions?.[operator]) ?? {});
    return conditions !== undefined && operator !== undefined && name !== undefined
      ? change(conditions, operator, name)
      : false;
  });
}

/** Added to a statement that has none. */
function condition(check: string, value: object): Mistake {
  return statement(check, ["identity", "scp"], (it) => !has(it, "Condition") && set(it, "Condition", value));
}

function rename(object: Statement, from: string, to: string): void {
  object[to] = object[from];
  delete object[from];
}

function set(object: object, element: string, value: unknown): void {
  Object.assign(object, { [element]: value });
}

function has(object: object, element: string): boolean {
  return element in object;
}
