/**
 * The policies of docs/aws-permissions: our own linter finds nothing in them but what cannot be otherwise, and each is
 * just enough for what its command asks of AWS: our own evaluator allows every call, and no action is there in vain.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { awsTarget } from "../../server/src/aws/aws-target.js";
import { simulate } from "../../server/src/evaluate/simulate.js";
import { readConfiguration } from "../../server/src/lint/configuration.js";
import { rules } from "../../server/src/lint/rules/index.js";
import { analyse } from "../../server/src/workspace/analysis.js";
import { globSync } from "../../tools/glob.mjs";
import { realCatalogue } from "../catalogue/real.js";
import { cli, folder } from "../cli/cli.js";
import { performContractCalls } from "./contract.js";
import { ACCOUNT } from "./stand-in/account.js";
import { forgetEnvironment, standInClients } from "./stand-in/bench.js";
import { type Recorded, StandIn } from "./stand-in/server.js";
import { readForm } from "./stand-in/wire.js";

const FILES = globSync("docs/aws-permissions", /\.json$/);
const ACCOUNT_ID = "111122223333";
const VALUES: Readonly<Record<string, string>> = {
  "aws-account-id": ACCOUNT_ID,
  bucket: "source",
  prefix: "iam-policy/",
  region: "eu-west-1",
  "key-id": "1234abcd-12ab-34cd-56ef-1234567890ab",
};
/** Whoever may change IAM can give himself anything: that is what these are for, and their page says so. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  apply: ["permissions-management", "privilege-escalation"],
  "apply-delete": ["permissions-management"],
};
/** No call of ours: AWS asks for them on the way, as S3 does where it encrypts. */
const UNSEEN: readonly string[] = ["iam:PassRole", "kms:Decrypt", "kms:GenerateDataKey", "s3:ListBucket"];

/** What each policy is for. The commands run in a folder with an imported account. */
const COMMANDS: Readonly<Record<string, () => Promise<unknown>>> = {
  snapshot: () => cli("snapshot"),
  "account-check": () => cli("account-check"),
  validate: () => cli("validate", "held/policies/read.json"),
  "validate-checks": () =>
    cli(
      ...[
        "validate",
        "held/policies/buckets/logs.json",
        "--kind",
        "resource",
        "--yes",
        "--check-no-public-access",
      ],
      ...[
        "--check-no-new-access",
        "held/policies/buckets/logs.json",
        "--check-access-not-granted",
        "s3:GetObject",
      ],
    ),
  simulate: async () => {
    const question = ["--action", "s3:GetObject", "--live", "aws"] as const;
    for (const who of ["user/ana", "group/readers", "role/app", "policy/read"])
      await cli(
        "simulate",
        "--account",
        "held.json",
        "--managed-policies",
        "held.json",
        "--as",
        who,
        ...question,
      );
  },
  publish: () => cli("publish", "--account", "held/iam-account.json", "--bucket", "source"),
  restore: () => cli("restore", "--bucket", "source", "--out", "restored-here"),
};

describe("the policies of docs/aws-permissions", () => {
  let standIn: StandIn;
  before(async () => {
    forgetEnvironment();
    standIn = await StandIn.start(ACCOUNT);
    process.env["AWS_ENDPOINT_URL"] = standIn.url;
    writeFileSync(join(folder, "held.json"), JSON.stringify(ACCOUNT));
    await cli("import", "held.json", "--out", "held");
  });
  after(() => standIn.close());
  beforeEach(() => {
    standIn.reset(ACCOUNT);
  });

  for (const file of FILES) {
    const name = basename(file, ".json");
    it(`${name}: our linter is content`, () => {
      const { configuration } = readConfiguration('{"preset":"strict"}', rules);
      const text = policy(name);
      const input = { text, language: "json", path: file, named: true, today: "", kind: "identity" } as const;
      const found = analyse({ ...input, configuration, catalogue: realCatalogue() }).findings;
      assert.deepEqual([...new Set(found.map(({ rule }) => rule.name))].sort(), EXPECTED[name] ?? []);
    });
  }

  for (const [name, run] of Object.entries(COMMANDS)) {
    it(`${name}: is enough, and no more`, async () => {
      if (name === "restore") {
        await COMMANDS["publish"]?.();
        standIn.calls.length = 0;
      }
      await run();
      assertJustEnough(name, standIn.calls);
    });
  }

  it("apply and apply-delete: are enough together, and no more", async () => {
    const clients = standInClients(standIn);
    const target = awsTarget(clients);
    await target.read();
    await performContractCalls(target, (buckets) => {
      standIn.state.now = {
        ...ACCOUNT,
        BucketPolicies: { ...Object.fromEntries(buckets.map((it) => [it, null])) },
      };
    });
    clients.close();
    const deleting = standIn.calls.filter(({ operation }) =>
      /^Delete(?:User|Group|Role|InstanceProfile|Policy|PolicyVersion)$/.test(operation),
    );
    assertJustEnough("apply-delete", deleting);
    assertJustEnough(
      "apply",
      standIn.calls.filter((it) => !deleting.includes(it)),
    );
  });

  it("are all tried", () => {
    const tried = [...Object.keys(COMMANDS), "apply", "apply-delete"].sort();
    assert.deepEqual(FILES.map((it) => basename(it, ".json")).sort(), tried);
  });
});

function assertJustEnough(name: string, calls: readonly Recorded[]): void {
  const document = JSON.parse(policy(name)) as { Statement: { Action: string | string[] }[] };
  const used = new Set<string>();
  for (const call of calls) {
    // Nobody needs a permission for that one.
    if (call.operation === "GetCallerIdentity") continue;
    for (const action of actionsOf(call)) {
      used.add(action);
      const result = simulate(
        {
          principal: `arn:aws:iam::${ACCOUNT_ID}:user/deployer`,
          action,
          resource: resourceOf(call),
          resourceAccount: ACCOUNT_ID,
          policies: { identity: [{ name, document }] },
        },
        realCatalogue(),
      );
      assert.ok(result.ok, JSON.stringify(result));
      assert.equal(result.answer.decision, "allowed", `${action} on ${resourceOf(call)} by ${name}.json`);
    }
  }
  const given = document.Statement.flatMap(({ Action }) => Action).filter((it) => !UNSEEN.includes(it));
  assert.deepEqual(
    given.filter((it) => !used.has(it)),
    [],
    `${name}.json gives what nothing asks for`,
  );
}

/** Some operations are authorised by actions of other names. */
function actionsOf({ service, operation }: Recorded): readonly string[] {
  if (operation === "GetPublicAccessBlock") return ["s3:GetBucketPublicAccessBlock"];
  const name = `${service}:${operation}`;
  const known = realCatalogue().action(name)?.fullName;
  return known === undefined ? (realCatalogue().authorisedBy(name) ?? [name]) : [known];
}

function resourceOf({ service, operation, request }: Recorded): string {
  if (service === "s3")
    return request.path === "/" || operation === "GetAccountPublicAccessBlock"
      ? "*"
      : `arn:aws:s3:::${request.path.slice(1).replace(/\/$/, "")}`;
  if (service !== "iam") return "*";
  const fields = readForm(request.body);
  const { PolicyArn, PolicySourceArn, PolicyName, UserName, GroupName, RoleName, InstanceProfileName } =
    fields;
  const own = (kind: string, name: unknown) => `arn:aws:iam::${ACCOUNT_ID}:${kind}/${String(name)}`;
  if (PolicySourceArn !== undefined) return String(PolicySourceArn);
  if (InstanceProfileName !== undefined) return own("instance-profile", InstanceProfileName);
  if (GroupName !== undefined) return own("group", GroupName);
  if (UserName !== undefined) return own("user", UserName);
  if (RoleName !== undefined) return own("role", RoleName);
  if (PolicyArn !== undefined) return String(PolicyArn);
  return PolicyName === undefined ? "*" : own("policy", PolicyName);
}

/** The policy with its placeholders filled. */
function policy(name: string): string {
  const text = readFileSync(`docs/aws-permissions/${name}.json`, "utf8");
  return text.replace(
    /<([\w-]+)>/g,
    (_, placeholder: string) => VALUES[placeholder] ?? assert.fail(placeholder),
  );
}
