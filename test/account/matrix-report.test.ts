/** A matrix as a text to keep: what names and ARNs may hold means nothing to a spreadsheet, to Markdown or to SVG. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Matrix, type MatrixFormat, matrixReport } from "../../server/src/account/matrix-report.js";

const MATRIX: Matrix = {
  principals: ["=cmd|' /C calc'!A0", 'user/a"b,c', "role/<x>&y"],
  actions: ["@s3:GetObject"],
  resources: ["+arn:aws:s3:::a,b"],
  rows: [
    { principal: "", resource: "", cells: ["allowed"] },
    { principal: "", resource: "", cells: ["explicitDeny"] },
    { principal: "", resource: "", cells: ["mixed"] },
  ],
};

const report = (format: MatrixFormat) => matrixReport(MATRIX, format);

describe("A matrix to keep", () => {
  it("starts no formula in a spreadsheet, and keeps commas and quotes in their cells", () => {
    assert.equal(
      report("csv"),
      [
        `action,resource,'=cmd|' /C calc'!A0,"user/a""b,c",role/<x>&y\r\n`,
        `'@s3:GetObject,"'+arn:aws:s3:::a,b",allowed,explicitDeny,mixed\r\n`,
      ].join(""),
    );
  });

  it("stays one table in Markdown", () => {
    const [head, , row] = report("markdown").split("\n");
    assert.equal(head, "| Action | Resource | `=cmd\\|' /C calc'!A0` | `user/a\"b,c` | `role/<x>&y` |");
    assert.equal(
      row,
      "| `@s3:GetObject` | `+arn:aws:s3:::a,b` | ✔ allowed | ✖ denied | ◐ allowed on some resources |",
    );
  });

  it("is one picture, with a symbol and a title for every cell", () => {
    const svg = report("svg");
    assert.ok(!/<x>|&y|"b,c/.test(svg.replaceAll("&amp;", "")), svg);
    assert.match(
      svg,
      /<title>role\/&lt;x&gt;&amp;y @s3:GetObject \+arn:aws:s3:::a,b: allowed on some resources<\/title>/,
    );
    assert.equal(svg.match(/<rect [^>]*rx/g)?.length, 3);
  });
});
