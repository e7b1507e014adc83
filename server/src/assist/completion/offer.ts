/** What completion proposes: suggestions as the sources of words make them, and offers with the edits they mean. */
import type { Json } from "../../syntax/edits.js";
import type { Edit, Span } from "../../syntax/span.js";

export type OfferType =
  | "element"
  | "keyword"
  | "service"
  | "action"
  | "wildcard"
  | "arn"
  | "operator"
  | "condition-key"
  | "value"
  | "principal"
  | "variable"
  | "snippet";

/** What a longer text can be written about once somebody looks at the offer: its label, where no name is given. */
export type About =
  | {
      readonly what:
        | "element"
        | "action"
        | "wildcard"
        | "service"
        | "condition-key"
        | "operator"
        | "arn"
        | "variable"
        | "text";
      readonly name?: string;
    }
  | { readonly what: "principal"; readonly type: string; readonly name?: string };

/** Texts may have places to fill in; see `snippet-text.ts`. */
export type Insertion =
  | { readonly text: string; readonly within?: Span }
  | { readonly value: Json }
  | { readonly key: string; readonly value: Json };

export interface Suggestion {
  readonly label: string;
  readonly type: OfferType;
  /** A few words beside the label. */
  readonly detail?: string;
  /** The label itself where absent. */
  readonly insert?: Insertion;
  /** Other words that find it. */
  readonly words?: string;
  readonly about?: About;
  readonly deprecated?: boolean;
  /** Is there more to write in the same word, such as the action behind a service? */
  readonly more?: boolean;
  /** Higher comes first; only compared with others of the same list. */
  readonly score: number;
}

export interface Offer {
  readonly label: string;
  readonly type: OfferType;
  readonly detail: string | undefined;
  /** What an editor compares with the text in front of the cursor. */
  readonly filter: string;
  readonly about: About | undefined;
  readonly deprecated: boolean;
  readonly more: boolean;
  /** Has places to fill in. */
  readonly stops: boolean;
  readonly edit: Edit;
  /** Such as a comma in front. */
  readonly additional: readonly Edit[];
}

export interface Completion {
  readonly offers: readonly Offer[];
  /** Would more letters bring other offers? */
  readonly incomplete: boolean;
}
