/** Corrections to AWS's reference: each changes something and says why, and one that is no longer needed is refused. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { applyPatch, type Patch } from "../../server/src/catalogue/patch.js";
import { fakeData } from "./fake.js";
import { realCatalogue } from "./real.js";

const FOLDER = "server/src/catalogue/patches";

describe("patches", () => {
  for (const file of readdirSync(FOLDER)) {
    it(`${file} says why, and where AWS says so`, () => {
      const patch = JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8")) as Patch;
      assert.match(patch.reason, /^[A-Z].*\.$/);
      assert.match(patch.reference, /^https:\/\/docs\.aws\.amazon\.com\//);
    });
  }

  it("reach the catalogue", () => {
    const catalogue = realCatalogue();
    const typed = (key: string) => {
      const found = catalogue.conditionKey(key);
      return found && [found.key, found.type, found.multivalued];
    };
    assert.deepEqual(typed("aws:SignInSessionArn"), ["aws:SignInSessionArn", "ARN", false]);
    assert.deepEqual(typed("aws:SourceVpcArn"), ["aws:SourceVpcArn", "ARN", false]);
    assert.deepEqual(typed("cognito-identity.amazonaws.com:amr"), [
      "cognito-identity.amazonaws.com:amr",
      "String",
      true,
    ]);
    assert.deepEqual(typed("oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub"), [
      `\${Host}.\${Domain}:sub`,
      "String",
      false,
    ]);
    assert.deepEqual(typed("token.actions.githubusercontent.com:actor"), [
      "token.actions.githubusercontent.com:actor",
      "String",
      false,
    ]);
    assert.equal(typed("token.actions.githubusercontent.com:nothing"), undefined);
    assert.equal(typed(".com:sub"), undefined);
  });

  const patched = (patch: Omit<Patch, "reason" | "reference">) =>
    applyPatch(fakeData(), { reason: "", reference: "", ...patch }, "some-patch.json");

  it("add what is missing and correct what is wrong", () => {
    const { services, globalConditionKeys } = patched({
      globalConditionKeys: [{ key: "aws:SourceArn", type: "String" }, { key: "aws:New" }],
      services: {
        sqs: { actions: [{ name: "NewAction", accessLevel: "Read" }] },
        new: { name: "New Service", resourceTypes: [{ name: "thing", arn: "arn:aws:new:::thing" }] },
      },
    });
    assert.equal(globalConditionKeys.find(({ key }) => key === "aws:SourceArn")?.type, "String");
    assert.equal(globalConditionKeys.find(({ key }) => key === "aws:New")?.type, "String");
    const sqs = services.find(({ prefix }) => prefix === "sqs");
    assert.equal(sqs?.actions.find(({ name }) => name === "NewAction")?.accessLevel, "Read");
    assert.equal(sqs?.actions.find(({ name }) => name === "SendMessage")?.accessLevel, "Write");
    assert.equal(services.find(({ prefix }) => prefix === "new")?.name, "New Service");
  });

  it("are refused once AWS's reference says the same", () => {
    assert.throws(
      () => patched({ globalConditionKeys: [{ key: "aws:SourceArn", type: "ARN", multivalued: false }] }),
      /some-patch\.json no longer changes anything.*Delete `aws:SourceArn` from globalConditionKeys/,
    );
    assert.throws(
      () => patched({ services: { sqs: { actions: [{ name: "SendMessage" }] } } }),
      /`SendMessage`/,
    );
    assert.throws(
      () => patched({ services: { s3: { conditionKeys: [{ key: "s3:prefix", description: "Ours." }] } } }),
      /`s3:prefix`/,
    );
  });

  it("are refused for a service that is not there", () => {
    assert.throws(
      () => patched({ services: { sqss: { actions: [{ name: "Send" }] } } }),
      /no service `sqss`/,
    );
  });
});
