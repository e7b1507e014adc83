/** Which entries of `Resource` could match ARNs of which resource types, on the small catalogue. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  formsOf,
  mayMatch,
  templatesOf,
  templatesOfAction,
} from "../../server/src/catalogue/arn-template.js";
import { readArnPattern } from "../../server/src/policy/arn-pattern.js";
import { fakeCatalogue } from "./fake.js";

const catalogue = fakeCatalogue();
const entry = (text: string) => readArnPattern(text)!;

describe("resource types that an ARN pattern could match", () => {
  const table: readonly [text: string, types: readonly string[]][] = [
    ["arn:aws:sqs:us-east-1:111122223333:jobs", ["queue"]],
    ["arn:aws:sqs:*:*:*", ["queue"]],
    ["arn:aws:sqs::111122223333:jobs", []],
    ["arn:aws:sqs:us-east-1::jobs", []],
    ["arn:aws:s3:::logs", ["bucket"]],
    ["arn:aws:s3:::logs/2026/*", ["object"]],
    ["arn:aws:s3:::logs*", ["bucket", "object"]],
    ["arn:aws:s3:us-east-1::logs", []],
    ["arn:aws:s3:*:*:accesspoint/a", ["accesspoint", "multiregionaccesspoint", "object"]],
    ["arn:aws:s3:eu-west-1:111122223333:accesspoint/a", ["accesspoint"]],
    ["arn:aws:iam::111122223333:role/app", ["role"]],
    ["arn:aws:iam::*:role/<name>", ["role"]],
    ["arn:aws:iam::<account>:role/app", ["role"]],
    ["arn:aws:iam::111122223333:rol?/app", ["role"]],
    ["arn:aws:iam::111122223333:role", []],
    ["arn:aws:iam::111122223333:role/", []],
    ["arn:aws:iam::111122223333:Role/app", []],
    ["arn:aws:logs:*:*:/aws/lambda/*", []],
    ["arn:aws:nothing:us-east-1:111122223333:x", []],
  ];
  for (const [text, types] of table) {
    it(text, () => {
      const { service } = entry(text);
      const found = templatesOf(catalogue, service).filter((template) =>
        mayMatch(catalogue, entry(text), template),
      );
      assert.deepEqual([...new Set(found.map(({ type }) => type.name))].sort(), types);
    });
  }

  it("looks behind the fifth colon alone where it is told so", () => {
    const names = formsOf(entry("arn:aws:sqs::111122223333:jobs"), catalogue).map(({ type }) => type.name);
    assert.deepEqual(names, ["queue"]);
  });

  it("knows the ones that an action works on", () => {
    const names = (action: string) =>
      templatesOfAction(catalogue, catalogue.action(action)!).map(({ type }) => type.name);
    assert.deepEqual(names("s3:GetObject"), ["accesspointobject", "object"]);
    assert.deepEqual(names("s3:ListAllMyBuckets"), []);
  });
});
