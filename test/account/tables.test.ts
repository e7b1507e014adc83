/**
 * Accounts and what people in them may do, one JSON table for each part of the format. A question is a list: who, which
 * action, on what, and the decision; then the request's context, where it has one. `nobody can tell` stands where a policy
 * in the way cannot be used, and `unknown` where there is nobody of that name.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, it } from "node:test";
import { type Account, withDocument } from "../../server/src/account/account.js";
import { findPrincipal } from "../../server/src/account/principal.js";
import type { Context } from "../../server/src/account/question.js";
import { readDocumentText } from "../../server/src/account/read-document.js";
import { verdictOf } from "../../server/src/account/verdict.js";
import { AccountFiles } from "../../server/src/workspace/account-files.js";
import { fakeCatalogue } from "../catalogue/fake.js";

interface Table {
  readonly about: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  /** `iam-account.json`, or a snapshot; a text stands for itself. */
  readonly account: unknown;
  readonly files?: Readonly<Record<string, unknown>>;
  readonly managed?: unknown;
  /** Documents in the place of others, by id. */
  readonly instead?: Readonly<Record<string, unknown>>;
  /** File, pointer and a part of the message, separated by ` | `; in the order in which they are met. */
  readonly problems?: readonly string[];
  readonly questions?: readonly (readonly [string, string, string, string, Context?])[];
}

const FOLDER = "test/account";
let questionCount = 0;

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".json"))) {
  const table = JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8")) as Table;
  describe(`${table.about} (${file})`, () => {
    for (const one of table.cases) {
      it(one.name, () => {
        const { account, problems } = read(one);
        assert.deepEqual(
          problems.map(([place]) => place),
          (one.problems ?? []).map((it) => it.split(" | ").slice(0, 2).join(" | ")),
          JSON.stringify(problems, null, 2),
        );
        one.problems?.forEach((expected, index) => {
          const message = problems[index]?.[1] ?? "";
          assert.ok(message.includes(expected.split(" | ")[2] ?? "?"), `${expected}\n${message}`);
        });
        for (const [as, action, resource, decision, context] of one.questions ?? []) {
          questionCount++;
          assert.ok(account !== undefined, "there is no account to ask");
          const answer = ask(account, as, action, resource, context ?? {});
          assert.equal(answer.decision, decision, `${as} ${action} ${resource}: ${answer.why}`);
        }
      });
    }
  });
}

it("asks more than a hundred questions", () => assert.ok(questionCount > 100, `only ${questionCount}`));

function read({ account, files = {}, managed, instead = {} }: Case) {
  const texts = new Map<string, string>([["iam-account.json", text(account)]]);
  for (const [path, content] of Object.entries(files)) texts.set(path, text(content));
  if (managed !== undefined) texts.set("managed.json", text(managed));
  const open = new AccountFiles(
    {
      readFile: (path) => texts.get(path),
      parentFolder: (path) => posix.dirname(path),
      join: (folder, name) => posix.join(folder, name),
    },
    (path) => path,
  );
  const problems = managed === undefined ? [] : [...open.useManagedPolicies("managed.json")];
  const found = open.account("iam-account.json");
  problems.push(...found.problems);
  let result: Account | undefined = found.account;
  for (const [id, document] of Object.entries(instead)) {
    const policy = readDocumentText(
      { file: "editor", text: text(document), language: "json" },
      new Map(),
      [],
    );
    result = result && withDocument(result, id, policy);
  }
  return {
    account: result,
    problems: problems.map(
      ({ file, pointer, message }) => [`${file} | ${pointer}`, message] as readonly [string, string],
    ),
  };
}

function ask(account: Account, as: string, action: string, resource: string, context: Context) {
  const found = findPrincipal(account, as);
  if (!found.ok) return { decision: "unknown", why: found.message };
  const verdict = verdictOf(
    account,
    { principal: found.principal, action, resource, context },
    fakeCatalogue(),
  );
  if (!verdict.decided) return { decision: "nobody can tell", why: verdict.message };
  const why = verdict.reasons
    .map(({ source, policy, because }) => `${source} ${policy}: ${because}`)
    .join("\n");
  return { decision: verdict.decision, why };
}

function text(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content);
}
