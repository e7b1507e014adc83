/**
 * The permission matrix: principals × actions (× resources), row by row, so that whoever shows it can stop, or say how
 * far it is. It explains nothing: `verdict.ts` does, for a single cell.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { type DecisionWord, decide } from "../evaluate/decide.js";
import type { Account } from "./account.js";
import type { AccountPrincipal } from "./principal.js";
import { type Context, requestsOf } from "./question.js";
import { resourcesAtStake } from "./resources-at-stake.js";

/** `mixed`: it depends on the resource. `undecided`: a policy that counts cannot be used. */
export type Cell = DecisionWord | "mixed" | "undecided";

export interface MatrixQuestion {
  readonly principals: readonly AccountPrincipal[];
  readonly actions: readonly string[];
  /** Empty: the resources that the account's policies tell apart, all in one row. */
  readonly resources: readonly string[];
  readonly context: Context;
}

export interface MatrixRow {
  readonly principal: string;
  /** `undefined` where the row stands for the resources that the policies tell apart. */
  readonly resource: string | undefined;
  /** In the order of the actions. */
  readonly cells: readonly Cell[];
}

export function* matrixRows(
  account: Account,
  { principals, actions, resources, context }: MatrixQuestion,
  catalogue: Catalogue,
): Generator<MatrixRow> {
  if (resources.length === 0) {
    const atStake = resourcesAtStake(account, catalogue);
    const perAction = actions.map(atStake);
    for (const principal of principals) {
      const decisionOn = asker(account, principal, context, catalogue);
      const cells = actions.map((action, index) =>
        together((perAction[index] ?? []).map((resource) => decisionOn(resource, action))),
      );
      yield { principal: principal.name, resource: undefined, cells };
    }
    return;
  }
  for (const principal of principals) {
    const decisionOn = asker(account, principal, context, catalogue);
    for (const resource of resources) {
      yield {
        principal: principal.name,
        resource,
        cells: actions.map((action) => decisionOn(resource, action)),
      };
    }
  }
}

/** Cells taken together, such as those of all actions of a service. */
export function foldCells(cells: readonly Cell[], groups: readonly (readonly number[])[]): readonly Cell[] {
  return groups.map((indexes) => together(indexes.flatMap((index) => cells[index] ?? [])));
}

/** The actions that the account's policies name without wildcards, in AWS's spelling. */
export function namedActions({ documents }: Account, catalogue: Catalogue): readonly string[] {
  const found = new Set<string>();
  for (const { document } of documents.values()) {
    for (const { actions, notActions } of document?.statements ?? []) {
      for (const { value, wildcard } of [...actions, ...notActions]) {
        const known = wildcard ? undefined : catalogue.action(value);
        if (known !== undefined) found.add(known.fullName);
      }
    }
  }
  return [...found].sort();
}

/** The services whose actions the account's policies name, with wildcards or without; `*` names none. */
export function namedServices({ documents }: Account, catalogue: Catalogue): readonly string[] {
  const found = new Set<string>();
  for (const { document } of documents.values()) {
    for (const { actions, notActions } of document?.statements ?? []) {
      for (const { value } of [...actions, ...notActions]) {
        const service = catalogue.service(value.slice(0, Math.max(0, value.indexOf(":"))));
        if (service !== undefined) found.add(service.prefix);
      }
    }
  }
  return [...found].sort();
}

function asker(account: Account, principal: AccountPrincipal, context: Context, catalogue: Catalogue) {
  const request = requestsOf(account, principal);
  return (resource: string, action: string): Cell => {
    const asked = request(action, resource, context);
    return asked.ok ? decide(asked.request, catalogue) : "undecided";
  };
}

/** One cell for several resources. Denied in two ways is still denied. */
export function together(cells: readonly Cell[]): Cell {
  const kinds = new Set(cells);
  if (kinds.has("undecided")) return "undecided";
  if (kinds.has("mixed")) return "mixed";
  if (kinds.has("allowed")) return kinds.size === 1 ? "allowed" : "mixed";
  return kinds.size === 1 && kinds.has("explicitDeny") ? "explicitDeny" : "implicitDeny";
}
