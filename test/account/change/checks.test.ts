/** What is said about plans before they are shown, as a table: severity, subject and a part of each message. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { checkPlan } from "../../../server/src/account/change/check-plan.js";
import { planChanges } from "../../../server/src/account/change/plan-changes.js";
import type { PublicAccessBlock } from "../../../server/src/account/change/snapshot-shape.js";
import { inspectDocument } from "../../../server/src/workspace/inspect-document.js";
import { Workspace } from "../../../server/src/workspace/workspace.js";
import { realCatalogue } from "../../catalogue/real.js";
import { type AccountFile, accountOf, observedAs } from "./accounts.js";

interface Case {
  readonly name: string;
  readonly before: AccountFile;
  readonly after: AccountFile;
  readonly caller?: string;
  readonly allowLockOut?: boolean;
  readonly restores?: boolean;
  readonly prune?: boolean;
  readonly only?: readonly string[];
  readonly blocks?: Readonly<Record<string, PublicAccessBlock>>;
  readonly accountBlock?: PublicAccessBlock;
  readonly problems: readonly string[];
}

const policy = (...Statement: readonly object[]) => ({ Version: "2012-10-17", Statement });
const allow = (Action: string | readonly string[], Resource: string | readonly string[] = "*") => ({
  Effect: "Allow",
  Action,
  Resource,
});
const trust = (AWS: string | readonly string[]) =>
  policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS } });
const root = (id: string) => `arn:aws:iam::${id}:root`;
const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index));
const DOCUMENTS: Readonly<Record<string, object>> = {
  $all: policy(allow("*")),
  $iamOff: policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
  $read: policy(allow("s3:GetObject")),
  $trustOne: trust(root("444455556666")),
  $trustOther: trust(root("777788889999")),
  $public: policy({ ...allow("s3:GetObject", "arn:aws:s3:::logs/*"), Principal: "*" }),
  $long: policy(
    allow(
      "s3:GetObject",
      many(40, (index) => `arn:aws:s3:::bucket-number-${index}/*`),
    ),
  ),
  $longTrust: trust(many(60, (index) => root(String(100_000_000_000 + index)))),
};

const text = readFileSync("test/account/change/checks.json", "utf8");
const table = JSON.parse(text, (_key, value) => DOCUMENTS[value] ?? value) as {
  readonly about: string;
  readonly cases: readonly Case[];
};

const WORKSPACE = new Workspace({
  catalogue: realCatalogue,
  readFile: () => undefined,
  parentFolder: () => undefined,
  join: (folder, name) => `${folder}/${name}`,
  relative: (_folder, path) => path,
  listFiles: () => [],
  today: () => "2026-11-22",
});

describe(table.about, () => {
  for (const {
    name,
    before,
    after,
    caller,
    allowLockOut = false,
    restores = false,
    prune = false,
    only = [],
    blocks,
    accountBlock,
    problems,
  } of table.cases) {
    it(name, () => {
      const catalogue = realCatalogue();
      const snapshot = observedAs(before, after);
      const observed = {
        ...snapshot,
        ...(blocks && { PublicAccessBlocks: blocks }),
        ...(accountBlock && { AccountPublicAccessBlock: accountBlock }),
      };
      const account = accountOf(after);
      const planned = planChanges(account, observed, { deletions: true, prune, only });
      const { plan } = checkPlan(planned, observed, account, {
        catalogue,
        managed: () => undefined,
        inspect: (document) => inspectDocument(document, undefined, WORKSPACE),
        caller,
        allowLockOut,
        restores,
      });
      const found = plan.problems.map((it) => `${it.severity} ${it.about ?? ""} | ${it.message}`);
      assert.equal(found.length, problems.length, JSON.stringify(found, null, 2));
      for (const [index, expected] of problems.entries()) {
        const [head = "", words = "?"] = expected.split(" | ");
        assert.ok(found[index]?.startsWith(`${head} | `), `${expected}\n${found[index]}`);
        assert.ok(found[index]?.includes(words), `${expected}\n${found[index]}`);
      }
    });
  }
});
