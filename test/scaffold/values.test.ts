/** Values that AWS does not take: each is named, with what to write instead. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { VARIABLE_TYPES, type VariableType, valueProblem } from "../../server/src/scaffold/variable-types.js";
import { realCatalogue } from "../catalogue/real.js";

const GOOD: readonly (readonly [VariableType, ...string[]])[] = [
  ["account-id", "111122223333", "000000000001"],
  ["arn", "arn:aws:sqs:eu-west-1:111122223333:jobs", "arn:aws-cn:s3:::bucket"],
  ["bucket-name", "abc", "one-source", "1.2.3.4a", "a.b-c", "a".repeat(63), "my-xn--bucket"],
  ["cidr", "203.0.113.0/24", "10.0.0.0/8", "2001:db8::/32", "::/0"],
  ["distribution-id", "EDFDVBD6EXAMPLE", "E1ABCDEF2GHIJ3"],
  ["external-id", "ab", "Customer/12:3=4,5@6.7+8-9_0"],
  ["folder", "bronze_layer", "a/b/c", "mit leerzeichen"],
  ["folder-name", "palmer_penguins"],
  ["function-name", "report", "a_b-C9"],
  ["git-branch", "main", "feature/login", "v1.2"],
  ["github-owner", "octo-org", "a"],
  ["github-repository", "octo.site_1-x"],
  ["group-name", "engineer", "a".repeat(128)],
  ["kms-key-arn", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
  ["organization-id", "o-a1b2c3d4e5"],
  ["policy-name", "engineer_access"],
  ["region", "ap-southeast-2", "us-gov-west-1", "cn-north-1"],
  ["role-name", "a+b=c,d.e@f-g_h", "a".repeat(64)],
  ["text", "anything: at “all”"],
  ["user-name", "analyst-one", "ana@example.com"],
  ["vpc-endpoint-id", "vpce-0123456789abcdef0", "vpce-01234567"],
];

const BAD: readonly (readonly [VariableType, value: string, message: string])[] = [
  ["account-id", "11112222333", "`11112222333` is no account id: it needs twelve digits, and this has 11."],
  [
    "account-id",
    "1111222233334",
    "`1111222233334` is no account id: it needs twelve digits, and this has 13.",
  ],
  ["account-id", "1111-2222-3333", "`1111-2222-3333` has more than digits in it: write 111122223333."],
  ["account-id", "mine", "`mine` is no account id: it needs twelve digits, and nothing else."],
  ["account-id", "", "There is no value."],
  ["account-id", " 111122223333", "` 111122223333` has white space around it: leave that out."],
  ["account-id", "<aws-account-id>", "`<aws-account-id>` is a placeholder, and no value."],
  ["arn", "one-source", "`one-source` is no ARN: write arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE."],
  ["arn", "arn:aws:s3:::*", "`arn:aws:s3:::*` has a wildcard: name one resource."],
  ["bucket-name", "ab", "`ab` is 2 characters long: a bucket name has 3 to 63."],
  ["bucket-name", "a".repeat(64), `\`${"a".repeat(64)}\` is 64 characters long: a bucket name has 3 to 63.`],
  ["bucket-name", "Source", "`Source` has capital letters: S3 takes source."],
  [
    "bucket-name",
    "my_bucket",
    "`my_bucket` has `_` in it: a bucket name is made of small letters, digits, hyphens and dots.",
  ],
  [
    "bucket-name",
    "bücket",
    "`bücket` has `ü` in it: a bucket name is made of small letters, digits, hyphens and dots.",
  ],
  [
    "bucket-name",
    "one-source/bronze",
    "`one-source/bronze` has a slash, which no bucket name has: the bucket is one-source.",
  ],
  [
    "bucket-name",
    "arn:aws:s3:::a",
    "`arn:aws:s3:::a` is an ARN: write the name alone, which is behind its last colon.",
  ],
  ["bucket-name", "-source", "`-source` does not start and end with a letter or digit."],
  ["bucket-name", "source.", "`source.` does not start and end with a letter or digit."],
  ["bucket-name", "one..source", "`one..source` has two dots side by side."],
  ["bucket-name", "192.168.5.4", "`192.168.5.4` looks like an IP address, which no bucket name may."],
  ["bucket-name", "xn--source", "`xn--source` starts with `xn--`, which S3 keeps for itself."],
  ["bucket-name", "sthree-source", "`sthree-source` starts with `sthree-`, which S3 keeps for itself."],
  ["bucket-name", "source-s3alias", "`source-s3alias` ends with `-s3alias`, which S3 keeps for itself."],
  ["bucket-name", "source--ol-s3", "`source--ol-s3` ends with `--ol-s3`, which S3 keeps for itself."],
  [
    "cidr",
    "203.0.113.0",
    "`203.0.113.0` says no length of its prefix: write 203.0.113.0/32 for this address alone.",
  ],
  ["cidr", "203.0.113.0/33", "`203.0.113.0/33` has a prefix of 33 bits: 32 is the most."],
  ["cidr", "300.0.0.1/8", "`300.0.0.1/8` is no range of addresses: write it as 203.0.113.0/24."],
  [
    "distribution-id",
    "my-site",
    "`my-site` is no CloudFront distribution: its id looks like E1ABCDEF2GHIJ3.",
  ],
  ["external-id", "x", "`x` is no external id: it has 2 to 1224 characters."],
  ["external-id", "a b", "`a b` is no external id: letters, digits and `+=,.@:/_-`, without white space."],
  ["folder", "/bronze", "`/bronze` has a slash at an end: write the folder's name alone."],
  ["folder", "bronze/*", "`bronze/*` has a `*`, `?` or `$`, which a policy reads as something else."],
  [
    "bucket-name",
    "My_Bucket",
    "`My_Bucket` has `_` in it: a bucket name is made of small letters, digits, hyphens and dots.",
  ],
  ["folder-name", "a/b", "`a/b` has a slash: write the name of one folder."],
  ["folder", "..", "`..` leads to another folder: write the folder's name alone."],
  [
    "function-name",
    "my function",
    "`my function` is no function name: letters, digits, `-` and `_`, at most 64.",
  ],
  ["git-branch", "refs/heads/main", "`refs/heads/main` is a whole ref: write main."],
  ["git-branch", "*", "`*` is no name that Git takes for a branch."],
  [
    "github-owner",
    "octo_org",
    "`octo_org` is no user or organisation of GitHub: letters, digits and single hyphens, at most 39.",
  ],
  [
    "github-repository",
    "octo-org/octo-site",
    "`octo-org/octo-site` has a slash: the owner goes elsewhere, write octo-site.",
  ],
  ["group-name", "a".repeat(129), `\`${"a".repeat(129)}\` is 129 characters long: IAM takes at most 128.`],
  [
    "kms-key-arn",
    "alias/own",
    "`alias/own` is no ARN of a KMS key: it looks like arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
  ],
  ["organization-id", "acme", "`acme` is no organisation: its id looks like o-a1b2c3d4e5."],
  ["policy-name", "a policy", "`a policy` has ` ` in it: IAM takes letters, digits and `+=,.@_-`."],
  ["region", "ap-southeast2", "`ap-southeast2` is no Region of AWS; did you mean ap-southeast-2?"],
  ["region", "ap-southeast-2a", "`ap-southeast-2a` is an Availability Zone: its Region is ap-southeast-2."],
  ["region", "Sydney", "`Sydney` is no Region of AWS."],
  [
    "role-name",
    "workloads/pipeline",
    "`workloads/pipeline` has a slash: a path is no part of the name, write what is behind it.",
  ],
  ["role-name", "a".repeat(65), `\`${"a".repeat(65)}\` is 65 characters long: IAM takes at most 64.`],
  ["text", "two\nlines", "`two\nlines` has a line break or another control character."],
  [
    "user-name",
    "team/ana",
    "`team/ana` has a slash: a path is no part of the name, write what is behind it.",
  ],
  ["user-name", "ana:one", "`ana:one` has `:` in it: IAM takes letters, digits and `+=,.@_-`."],
  ["vpc-endpoint-id", "vpce-1", "`vpce-1` is no VPC endpoint: its id looks like vpce-0123456789abcdef0."],
];

describe("values of variables", () => {
  for (const [type, ...values] of GOOD) {
    for (const value of values) {
      it(`${type} takes ${value.slice(0, 40)}`, () => {
        assert.equal(valueProblem(type, value, realCatalogue()), undefined);
      });
    }
  }
  for (const [type, value, message] of BAD) {
    it(`${type}: ${message.slice(0, 100)}`, () => {
      assert.equal(valueProblem(type, value, realCatalogue()), message);
    });
  }

  it("are asked about for every type", () => {
    assert.deepEqual([...new Set(GOOD.map(([type]) => type))].sort(), [...VARIABLE_TYPES].sort());
    const free: readonly VariableType[] = ["text"];
    const checked = new Set(BAD.map(([type]) => type));
    for (const type of VARIABLE_TYPES) assert.ok(checked.has(type) || free.includes(type), type);
  });
});
