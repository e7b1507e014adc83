/** What the notes on identity policies say of their examples, asked of the examples themselves. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { simulate } from "../../server/src/evaluate/simulate.js";
import { realCatalogue } from "../catalogue/real.js";

const INSTANCE = "arn:aws:ec2:us-east-1:111111111111:instance/i-0b5c991e026104db9";
const OTHER = "arn:aws:ec2:us-east-1:111111111111:instance/i-00000000000000000";

const SAID: readonly (readonly [note: string, action: string, resource: string, decision: string])[] = [
  ["allow_ec2", "ec2:RunInstances", INSTANCE, "allowed"],
  ["allow_ec2", "ec2:TerminateInstances", INSTANCE, "allowed"],
  ["allow_ec2", "s3:GetObject", "*", "implicitDeny"],
  ["allow_ec2_deny_terminate", "ec2:RunInstances", INSTANCE, "allowed"],
  ["allow_ec2_deny_terminate", "ec2:TerminateInstances", INSTANCE, "explicitDeny"],
  ["deny_ec2_allow_terminate", "ec2:RunInstances", INSTANCE, "explicitDeny"],
  ["deny_ec2_allow_terminate", "ec2:TerminateInstances", INSTANCE, "explicitDeny"],
  ["terminate_one_instance", "ec2:TerminateInstances", INSTANCE, "allowed"],
  ["terminate_one_instance", "ec2:TerminateInstances", OTHER, "implicitDeny"],
  ["terminate_one_instance", "ec2:StopInstances", INSTANCE, "implicitDeny"],
  ["allow_s3", "s3:PutObject", "arn:aws:s3:::backup/db.gz", "allowed"],
  ["allow_s3", "ec2:RunInstances", INSTANCE, "implicitDeny"],
];

describe("the notes on identity policies", () => {
  for (const [note, action, resource, decision] of SAID) {
    it(`${note}: ${action} on ${resource} is ${decision}`, () => {
      assert.equal(decide(policy(note), action, resource), decision);
    });
  }

  it("simulate every action of S3 for an administrator, as the exercise does", () => {
    const administrator = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    };
    const actions = realCatalogue().expand("s3:*");
    assert.ok(actions.length > 100);
    for (const { fullName } of actions)
      assert.equal(decide(administrator, fullName, "*"), "allowed", fullName);
  });
});

/** One has a mark of the book that it was copied from, which says that the line was too long for the page. */
function policy(note: string): object {
  return JSON.parse(
    readFileSync(`examples/workspace/policies/notes_${note}.json`, "utf8").replace("[CA] ", ""),
  );
}

function decide(document: object, action: string, resource: string): string {
  const principal = "arn:aws:iam::111111111111:user/ana";
  const result = simulate(
    { principal, action, resource, policies: { identity: [{ name: "note", document }] } },
    realCatalogue(),
  );
  return result.ok ? result.answer.decision : JSON.stringify(result.errors);
}
