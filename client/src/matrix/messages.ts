/** What the panel of the matrix and the page in it say to each other: types only. */
import type {
  MatrixHead,
  MatrixLineAnswer,
  MatrixParams,
  MatrixReportParams,
} from "../../../server/src/lsp/protocol.js";

/** What the matrix is compared with. */
export type Comparison = "nothing" | "saved" | "head" | "aws";

/** What a matrix shows and how, so that it can be shown again after a reload. */
export interface Wish extends Partial<Omit<MatrixParams, "compare">> {
  readonly comparison?: Comparison;
}

/** What a page keeps while it is hidden, and across a reload of the window. */
export interface Kept {
  readonly wish: Wish;
  readonly filter: string;
  readonly onlyChanges: boolean;
  readonly position: { readonly row: number; readonly column: number };
}

export type ToPage =
  /** A matrix begins; what was there before goes once the first rows come. */
  | { readonly type: "head"; readonly head: MatrixHead; readonly wish: Wish }
  | { readonly type: "rows"; readonly rows: readonly MatrixLineAnswer[] }
  /** All rows are there. */
  | { readonly type: "done" }
  /** There is no matrix, and why. */
  | { readonly type: "refusal"; readonly message: string }
  | { readonly type: "busy" }
  /** What is missing will not come. */
  | { readonly type: "stopped" }
  /** Moves to a cell, as a person would. */
  | { readonly type: "move"; readonly row: number; readonly column: number }
  | { readonly type: "filter"; readonly text: string };

export type FromPage =
  | { readonly type: "ready" }
  | {
      readonly type: "why";
      readonly principal: string;
      readonly column: string;
      readonly resource?: string;
      /** Leads to the statement that decides, instead of explaining. */
      readonly go?: true;
    }
  | { readonly type: "stop" }
  | { readonly type: "again" }
  | { readonly type: "choose"; readonly what: "columns" | "principals" | "resources" }
  | { readonly type: "by"; readonly by: "action" | "service" }
  | { readonly type: "compare"; readonly comparison: Comparison }
  | { readonly type: "export"; readonly report: MatrixReportParams }
  | { readonly type: "shown"; readonly shown: Shown };

/** What a person sees and what a screen reader says. */
export interface Shown {
  readonly rows: number;
  readonly columns: number;
  /** How many cells are in the page: no more than fit. */
  readonly drawn: number;
  readonly changes: number;
  /** Of the cell that the keyboard is on. */
  readonly label: string;
  readonly state: "none" | "working" | "stopped" | "complete";
}
