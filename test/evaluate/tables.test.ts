/**
 * Requests and the decisions AWS's documentation gives for them, one JSON table for each rule of evaluation.
 * A row is a request; what rows share stands in the table's `defaults`. Statement elements (`Action`, `Condition`, …)
 * in a row make up one statement, which hangs where `in` says; `policies` refers to the table's policies by name.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { decide } from "../../server/src/evaluate/decide.js";
import { readRequest } from "../../server/src/evaluate/read-request.js";
import { simulate } from "../../server/src/evaluate/simulate.js";
import { STATEMENT_ELEMENTS } from "../../server/src/policy/words.js";
import { fakeCatalogue } from "../catalogue/fake.js";
import { realCatalogue } from "../catalogue/real.js";

interface Table {
  readonly rule: string;
  readonly source: string;
  /** Does the engine know AWS's actions? All of them, or those of the small catalogue that does not change with AWS. */
  readonly catalogue?: boolean | "real";
  readonly defaults?: Row;
  readonly policies?: Readonly<Record<string, unknown>>;
  readonly rows: readonly Row[];
}

interface Row {
  readonly name?: string;
  readonly decision?: string;
  /** The missing context keys, where the row is about them. */
  readonly missing?: readonly string[];
  /** A part of one of the reasons. */
  readonly because?: string;
  readonly in?: string;
  readonly version?: string | null;
  readonly context?: object;
  readonly policies?: Readonly<Record<string, unknown>>;
  readonly [element: string]: unknown;
}

const FOLDER = "test/evaluate";
const LEVELS = ["scp", "rcp"];
const SINGLE = ["resource", "accessPoint"];
const REQUEST_KEYS = [
  "principal",
  "action",
  "resource",
  "resourceAccount",
  "managementAccount",
  "bucket",
  "blockPublicAccess",
  "canonicalUserId",
];

let rowCount = 0;
for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".json"))) {
  const table = JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8")) as Table;
  const catalogue =
    table.catalogue === "real" ? realCatalogue() : table.catalogue === true ? fakeCatalogue() : undefined;
  describe(`${table.rule} (${file})`, () => {
    it("has AWS's documentation as its source", () => {
      assert.match(table.source, /^https:\/\/docs\.aws\.amazon\.com\//);
      assert.equal(
        new Set(table.rows.map(({ name }) => name)).size,
        table.rows.length,
        "two rows of one name",
      );
    });
    for (const row of table.rows) {
      rowCount++;
      it(row.name ?? "", () => {
        const request = requestOf(row, table);
        const result = simulate(request, catalogue);
        assert.ok(result.ok, JSON.stringify(result));
        const { answer } = result;
        const why = answer.reasons.map(({ source, because }) => `${source}: ${because}`).join("\n");
        assert.equal(answer.decision, row.decision, why);
        const read = readRequest(request, catalogue);
        assert.equal(
          read.ok && decide(read.request, catalogue),
          row.decision,
          "the short way decides otherwise",
        );
        if (row.missing !== undefined) assert.deepEqual(answer.missingContext, row.missing);
        if (row.because !== undefined) assert.ok(why.includes(row.because), why);
      });
    }
  });
}

it("covers the rules in more than 1000 rows", () => assert.ok(rowCount > 1000, `only ${rowCount} rows`));

function requestOf(row: Row, table: Table): object {
  const defaults: Row = table.defaults ?? {};
  const all: Row = { ...defaults, ...row };
  const statement = Object.fromEntries(
    STATEMENT_ELEMENTS.filter((name) => all[name] !== undefined && all[name] !== null).map((name) => [
      name,
      all[name],
    ]),
  );
  const policies: Record<string, unknown> = {};
  for (const [kind, value] of Object.entries({ ...defaults.policies, ...row.policies })) {
    policies[kind] = named(value, kind, table);
  }
  if (Object.keys(statement).length > 0) {
    const version = all.version === undefined ? "2012-10-17" : all.version;
    const document = { ...(version === null ? {} : { Version: version }), Statement: [statement] };
    const kind = all.in ?? "identity";
    policies[kind] = SINGLE.includes(kind) ? document : [{ name: "row", document }];
  }
  const request = Object.fromEntries(
    REQUEST_KEYS.filter((key) => all[key] != null).map((key) => [key, all[key]]),
  );
  return { ...request, context: { ...defaults.context, ...row.context }, policies };
}

function named(value: unknown, kind: string, table: Table): unknown {
  if (SINGLE.includes(kind)) return value === null ? undefined : lookUp(value, table);
  const list = (Array.isArray(value) ? value : [value]) as readonly unknown[];
  if (!LEVELS.includes(kind)) return list.map((item) => ({ name: item, document: lookUp(item, table) }));
  return list.map((level, index) => ({
    id: `level-${index}`,
    policies: (level as readonly unknown[]).map((item) => ({ name: item, document: lookUp(item, table) })),
  }));
}

function lookUp(name: unknown, table: Table): object {
  const found = table.policies?.[String(name)];
  assert.ok(found, `no policy ${name} in the table`);
  if (typeof found === "object" && "Statement" in found) return found;
  return { Version: "2012-10-17", Statement: found };
}
