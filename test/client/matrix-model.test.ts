/** The matrix as its page shows it, written as people see it: filters, changes, labels, keys, what is kept of a long list. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  cellOf,
  changesIn,
  type MatrixData,
  moved,
  reportOf,
  shortened,
  viewOf,
  windowOf,
} from "../../client/src/matrix/model.js";

const LEGEND = [
  { cell: "allowed", symbol: "✔", word: "allowed" },
  { cell: "mixed", symbol: "◐", word: "allowed on some resources" },
  { cell: "implicitDeny", symbol: "·", word: "not allowed" },
  { cell: "explicitDeny", symbol: "✖", word: "denied" },
  { cell: "undecided", symbol: "?", word: "cannot be decided" },
] as const;

/** `✔·` for now, `✔✖ < ·✖` for now and before. */
function matrix(
  rows: Readonly<Record<string, string>>,
  columns: readonly string[],
  resources: readonly string[] = [],
): MatrixData {
  const principals = [...new Set(Object.keys(rows).map((it) => it.split(" ")[0] ?? ""))];
  const compared = Object.values(rows).some((it) => it.includes("<"));
  return {
    head: {
      ok: true,
      account: "iam-account.json",
      principals,
      columns,
      by: "action",
      resources,
      legend: LEGEND,
      rows: principals.length * Math.max(1, resources.length),
      compared,
      problems: [],
      sources: [],
    },
    rows: Object.entries(rows).map(([principal, text]) => {
      const [cells = "", before] = text.split(" < ");
      return { principal, cells, ...(before !== undefined && { before }) };
    }),
  };
}

/** One text a line, as on the screen: `iam:CreateUser ✔ +◐`. */
function drawn(data: MatrixData, filter = "", onlyChanges = false): readonly string[] {
  const view = viewOf(data, filter, onlyChanges);
  const marks = { gained: "+", lost: "−", other: "~" };
  return view.lines.map((line) =>
    [
      line.name,
      ...view.principals.map((it) => {
        const { symbol, change } = cellOf(view, line, it);
        return `${change === undefined ? "" : marks[change]}${symbol}`;
      }),
    ].join(" "),
  );
}

const PLAIN = matrix({ "user/ana": "✔·", "user/bob": "✖◐", "role/app": "?✔" }, [
  "s3:GetObject",
  "iam:CreateUser",
]);

describe("the matrix on its page", () => {
  it("has a line for each action and a column for each principal", () => {
    assert.deepEqual(drawn(PLAIN), ["s3:GetObject ✔ ✖ ?", "iam:CreateUser · ◐ ✔"]);
  });

  it("filters by action, by principal and by both", () => {
    assert.deepEqual(drawn(PLAIN, "S3"), ["s3:GetObject ✔ ✖ ?"]);
    assert.deepEqual(drawn(PLAIN, "role/"), ["s3:GetObject ?", "iam:CreateUser ✔"]);
    assert.deepEqual(drawn(PLAIN, "create bob"), ["iam:CreateUser ◐"]);
    assert.deepEqual(drawn(PLAIN, "nothing-like-it"), []);
  });

  it("says in words what a cell is, for those who hear it", () => {
    const view = viewOf(PLAIN, "", false);
    assert.equal(cellOf(view, view.lines[0]!, 1).label, "user/bob s3:GetObject denied");
    assert.equal(cellOf(view, view.lines[1]!, 0).label, "user/ana iam:CreateUser not allowed");
  });

  it("marks what changes, whichever way, and leaves out the rest on demand", () => {
    const data = matrix({ "user/ana": "✔·✖? < ··✔✔", "user/bob": "◐··· < ✔·✖·" }, [
      "a:A",
      "b:B",
      "c:C",
      "d:D",
    ]);
    assert.deepEqual(drawn(data), ["a:A +✔ −◐", "b:B · ·", "c:C −✖ ~·", "d:D ~? ·"]);
    assert.deepEqual(drawn(data, "", true), ["a:A +✔ −◐", "c:C −✖ ~·", "d:D ~? ·"]);
    assert.equal(changesIn(viewOf(data, "", false)), 5);
    const view = viewOf(data, "", false);
    assert.equal(cellOf(view, view.lines[0]!, 0).label, "user/ana a:A allowed, was not allowed");
    const beside = viewOf({ ...data, head: { ...data.head, comparedWith: "AWS" } }, "", false);
    const cell = cellOf(beside, beside.lines[0]!, 0);
    assert.deepEqual([cell.label, cell.change], ["user/ana a:A allowed, not allowed for AWS", "other"]);
  });

  it("has a line for each resource too, where some were chosen", () => {
    const data: MatrixData = matrix(
      { "user/ana x": "✔", "user/ana y": "·", "user/bob x": "✖", "user/bob y": "✔" },
      ["s3:GetObject"],
      ["arn:aws:s3:::x", "arn:aws:s3:::y"],
    );
    assert.deepEqual(drawn(data), ["s3:GetObject arn:aws:s3:::x ✔ ✖", "s3:GetObject arn:aws:s3:::y · ✔"]);
    assert.deepEqual(drawn(data, ":::y"), ["s3:GetObject arn:aws:s3:::y · ✔"]);
    const { resources, rows } = reportOf(viewOf(data, ":::y bob", false), "csv");
    assert.deepEqual([resources, rows.map(({ cells }) => cells)], [["arn:aws:s3:::y"], ["✔"]]);
  });

  it("shows what has come while the rest is on its way", () => {
    const data = { ...PLAIN, rows: PLAIN.rows.slice(0, 1) };
    assert.deepEqual(drawn(data), ["s3:GetObject ✔  ", "iam:CreateUser ·  "]);
  });

  it("writes down what the filter leaves", () => {
    const report = reportOf(viewOf(PLAIN, "create role/", false), "markdown");
    assert.deepEqual(report, {
      format: "markdown",
      principals: ["role/app"],
      columns: ["iam:CreateUser"],
      resources: [],
      rows: [{ principal: "role/app", cells: "✔" }],
    });
  });

  it("is walked through with keys, and stays inside", () => {
    const bounds = { rows: 10, columns: 3, page: 4 };
    const walk = (...keys: readonly string[]) =>
      keys.reduce((at, key) => moved(at, key.replace("Ctrl+", ""), key.startsWith("Ctrl+"), bounds) ?? at, {
        row: 0,
        column: 0,
      });
    assert.deepEqual(walk("ArrowUp", "ArrowLeft"), { row: 0, column: 0 });
    assert.deepEqual(walk("ArrowDown", "ArrowRight"), { row: 1, column: 1 });
    assert.deepEqual(walk("End"), { row: 0, column: 2 });
    assert.deepEqual(walk("Ctrl+End"), { row: 9, column: 2 });
    assert.deepEqual(walk("Ctrl+End", "Home"), { row: 9, column: 0 });
    assert.deepEqual(walk("PageDown", "PageDown", "PageDown", "PageUp"), { row: 5, column: 0 });
    assert.equal(moved({ row: 0, column: 0 }, "x", false, bounds), undefined);
  });

  it("shortens long names in the middle, so that they can still be told apart", () => {
    assert.equal(shortened("user/ana", 8), "user/ana");
    assert.equal(shortened("user/person-with-a-long-name-12", 14), "user/p…name-12");
    assert.equal(shortened("user/person-with-a-long-name-13", 14), "user/p…name-13");
    assert.equal(shortened("user/ana", 2), "…a");
    assert.equal(shortened("user/ana", 0).length <= 1, true);
  });

  it("keeps no more of a long list in the page than fits", () => {
    assert.deepEqual(windowOf(0, 240, 24, 100_000), { from: 0, to: 14 });
    const { from, to } = windowOf(24 * 50_000, 240, 24, 100_000);
    assert.ok(from <= 50_000 && to >= 50_010 && to - from < 30);
    assert.deepEqual(windowOf(0, 240, 24, 3), { from: 0, to: 3 });
  });
});
