/** What is picked from a list with ticks, by what was typed above it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pickedOf } from "../../client/src/simulate/picked.js";

const item = (label: string) => ({ label });

/** The labels that are meant; `ticked` as it was when the text was typed, unless it is said. */
function picked(text: string, list: string, selected: string, ticked = selected): string {
  const read = (labels: string) => labels.split(" ").filter(Boolean).map(item);
  const meant = pickedOf({ text, items: read(list), ticked: read(ticked), selected: read(selected) });
  return meant.map(({ label }) => label).join(" ");
}

describe("What is picked", () => {
  it("is what is ticked", () => {
    assert.equal(picked("", "a b c", "a c"), "a c");
    assert.equal(picked("", "a b c", ""), "");
  });

  it("takes in what was typed and not ticked, beside what was ticked before", () => {
    assert.equal(picked("ec2:*", "ec2:* s3:GetObject", "s3:GetObject"), "s3:GetObject ec2:*");
    assert.equal(picked(" aws:SourceIp=1.2.3.4 ", "aws:SourceIp=1.2.3.4", ""), "aws:SourceIp=1.2.3.4");
    assert.equal(picked("b", "a b", "a"), "a b");
  });

  it("takes nothing twice", () => {
    assert.equal(picked("a", "a b", "a"), "a");
  });

  it("takes no text for an item that only led to another", () => {
    assert.equal(picked("s3", "s3 s3-outposts iam", "iam s3-outposts", "iam"), "iam s3-outposts");
    assert.equal(picked("s3", "s3 iam", "", "iam"), "");
    assert.equal(picked("object", "s3:GetObject", "s3:GetObject", ""), "s3:GetObject");
  });
});
