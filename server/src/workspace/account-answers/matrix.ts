/**
 * `iamPolicy/matrix` and `iamPolicy/matrixReport`: who may do what, row by row, beside the same in another state of the
 * files; and the finished matrix as a text to keep.
 */
import type { Account } from "../../account/account.js";
import {
  type Cell,
  foldCells,
  type MatrixRow,
  matrixRows,
  namedActions,
  namedServices,
} from "../../account/matrix.js";
import { CELL_SYMBOLS, CELL_WORDS, CELLS, matrixReport } from "../../account/matrix-report.js";
import { findPrincipal, principalsOf } from "../../account/principal.js";
import { describeProblem } from "../../account/problem.js";
import { type Context, expandActions, resourceProblem } from "../../account/question.js";
import type { Catalogue } from "../../catalogue/catalogue.js";
import type { Desk } from "../account-desk.js";
import type {
  MatrixAnswer,
  MatrixHead,
  MatrixLineAnswer,
  MatrixParams,
  MatrixReportParams,
  Refusal,
} from "../account-questions.js";
import { pathOf } from "../file-uri.js";
import { accountAt, refuse } from "./asked-account.js";

/** Rows are sent together until they hold as many cells, or have waited for so many milliseconds. */
const CHUNK = 20_000;
const WAIT = 100;

export async function matrix(desk: Desk, params: MatrixParams): Promise<MatrixAnswer | Refusal> {
  const { now, catalogue } = desk;
  const { by = "action", resources = [], context = {}, compare } = params;
  const asked = accountAt(now, params.account);
  if (!asked.ok) return asked;
  const { account, problems } = asked;
  const unsound = resources.map(resourceProblem).find((it) => it !== undefined);
  if (unsound !== undefined) return refuse(unsound);
  const other = compare && desk.other(compare);
  const path = pathOf(params.account) ?? "";
  const before = other?.files.account(path).account;
  const columns =
    by === "service"
      ? serviceColumns(account, params.columns, catalogue)
      : actionColumns(account, before, params.columns, catalogue);
  if (!columns.ok) return columns;
  const names = params.as ?? [
    ...new Set([...principalsOf(account), ...(before === undefined ? [] : principalsOf(before))]),
  ];
  if (names.length === 0) return refuse(`${account.file} has no users and no roles.`);
  const head: MatrixHead = {
    ok: true,
    account: account.file,
    principals: names,
    columns: columns.names,
    by,
    resources,
    legend: CELLS.map((cell) => ({ cell, symbol: CELL_SYMBOLS[cell], word: CELL_WORDS[cell] })),
    rows: names.length * Math.max(1, resources.length),
    compared: compare !== undefined,
    problems: [
      ...problems.map(describeProblem),
      ...(compare !== undefined && before === undefined
        ? ["There is no such account in the other state."]
        : []),
    ],
    sources: now.files.sources(path).map((it) => now.uriOf(it)),
  };
  desk.part?.({ head });
  const rows: MatrixLineAnswer[] = [];
  let sent = performance.now();
  const flush = () => {
    if (desk.part === undefined || rows.length === 0) return;
    desk.part({ rows: rows.splice(0) });
    sent = performance.now();
  };
  const asking: Asking = { names, columns, resources, context, catalogue };
  const was = compare === undefined ? undefined : rowsOf(before, asking, desk);
  for await (const { principal, resource, cells } of rowsOf(account, asking, desk)) {
    const old = (await was?.next())?.value;
    rows.push({
      principal,
      cells: symbols(cells),
      ...(resource !== undefined && { resource }),
      ...(old && { before: symbols(old.cells) }),
    });
    if (rows.length * columns.names.length >= CHUNK || performance.now() - sent > WAIT) flush();
  }
  if (!(await desk.goOn())) return refuse("Cancelled.");
  flush();
  return { head, rows };
}

interface Columns {
  readonly ok: true;
  readonly names: readonly string[];
  readonly actions: readonly string[];
  /** Where a column stands for several actions: which ones. */
  readonly groups: readonly (readonly number[])[] | undefined;
}

function actionColumns(
  account: Account,
  before: Account | undefined,
  given: readonly string[] = [],
  catalogue: Catalogue,
): Columns | Refusal {
  const expanded = given.map((it) => expandActions(it, catalogue));
  for (const it of expanded) if (!it.ok) return refuse(it.message);
  const named = [account, ...(before === undefined ? [] : [before])].flatMap((it) =>
    namedActions(it, catalogue),
  );
  const actions = given.length > 0 ? expanded.flatMap((it) => (it.ok ? it.actions : [])) : named.sort();
  const names = [...new Set(actions)];
  if (names.length > 0) return { ok: true, names, actions: names, groups: undefined };
  return refuse(
    "The account's policies name no action without wildcards: choose some actions, or ask by service.",
  );
}

function serviceColumns(
  account: Account,
  given: readonly string[] = [],
  catalogue: Catalogue,
): Columns | Refusal {
  const names = given.length > 0 ? [...new Set(given)] : namedServices(account, catalogue);
  const unknown = names.find((it) => catalogue.service(it) === undefined);
  if (unknown !== undefined) return refuse(`AWS has no service \`${unknown}\`.`);
  const actions: string[] = [];
  const groups = names.map((name) => {
    const own = catalogue.expand(`${name}:*`).map(({ fullName }) => fullName);
    const from = actions.push(...own) - own.length;
    return own.map((_, index) => from + index);
  });
  if (names.length > 0) return { ok: true, names, actions, groups };
  return refuse("The account's policies name no service: choose some.");
}

interface Asking {
  readonly names: readonly string[];
  readonly columns: Columns;
  readonly resources: readonly string[];
  readonly context: Context;
  readonly catalogue: Catalogue;
}

/** So many actions are asked about at once before others may have a turn. */
const TURN = 256;

/** Rows as `matrixRows` has them, and one for everybody who is not there. They end early once nobody wants them. */
async function* rowsOf(
  account: Account | undefined,
  { names, columns, resources, context, catalogue }: Asking,
  desk: Desk,
): AsyncGenerator<MatrixRow, undefined> {
  const shown = resources.length === 0 ? [undefined] : resources;
  const found = names.map((it) => account && findPrincipal(account, it));
  const principals = found.flatMap((it) => (it?.ok ? [it.principal] : []));
  const { actions, groups } = columns;
  const turns: Generator<MatrixRow>[] = [];
  for (let from = 0; account !== undefined && from < actions.length; from += TURN) {
    const some = actions.slice(from, from + TURN);
    turns.push(matrixRows(account, { principals, actions: some, resources, context }, catalogue));
  }
  for (const [index, name] of names.entries()) {
    for (const resource of shown) {
      if (!found[index]?.ok) {
        yield { principal: name, resource, cells: columns.names.map(() => ABSENT) };
        continue;
      }
      const cells: Cell[] = [];
      for (const turn of turns) {
        const next = turn.next();
        if (next.done !== true) cells.push(...next.value.cells);
        if (!(await desk.goOn())) return undefined;
      }
      yield { principal: name, resource, cells: groups === undefined ? cells : foldCells(cells, groups) };
    }
  }
  return undefined;
}

/** Somebody who is not there is allowed nothing. */
const ABSENT: Cell = "implicitDeny";

function symbols(cells: readonly Cell[]): string {
  return cells.map((it) => CELL_SYMBOLS[it]).join("");
}

const CELL_OF = new Map(CELLS.map((cell) => [CELL_SYMBOLS[cell], cell]));

export function reportOfMatrix({ format, principals, columns, resources, rows }: MatrixReportParams): string {
  const read = rows.map(
    ({ principal, resource, cells }): MatrixRow => ({
      principal,
      resource,
      cells: [...cells].map((symbol) => CELL_OF.get(symbol) ?? "undecided"),
    }),
  );
  return matrixReport({ principals, actions: columns, resources, rows: read }, format);
}
