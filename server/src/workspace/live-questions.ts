/**
 * What AWS's simulator can be asked about accounts and lone policies, and the answers: types only. AWS is asked where
 * the connection is; what it is asked and what its answers mean is worked out where the accounts are.
 */
import type { LiveOutcome } from "../account/live/ask-live.js";
import type { LiveQuestion } from "../account/live/live-simulator.js";
import type { DecisionWord } from "../evaluate/decide.js";
import type {
  ContextValues,
  MatrixAnswer,
  Refusal,
  SimulateParams,
  Simulation,
} from "./account-questions.js";

/** Every action on every resource, by everybody. */
export interface CompareLiveParams {
  /** The document that is asked about: a policy, or an account. */
  readonly uri?: string;
  /** Which of the document's policies, from 0; the first unless said. */
  readonly policy?: number;
  /** The account that is asked; without one, `uri` is asked about alone. */
  readonly account?: string;
  /** The first that can be asked unless said. */
  readonly as?: readonly string[];
  /** Actions or patterns; those that the policies name, with what their wildcards match, unless said. */
  readonly actions?: readonly string[];
  /** Those that the policies tell apart unless said. */
  readonly resources?: readonly string[];
  readonly context?: ContextValues;
}

/** A request with our answer and how AWS is asked the same. */
export interface LiveAsked {
  readonly as: string;
  readonly action: string;
  readonly resource: string;
  readonly here: DecisionWord;
  readonly question: LiveQuestion;
  /** The same with the policies as they are written here, where the first leaves it to AWS which they are. */
  readonly asWritten?: LiveQuestion;
}

export interface LiveQuestions {
  readonly ok: true;
  readonly asked: readonly LiveAsked[];
  readonly notAsked: readonly NotAsked[];
}

export interface NotAsked {
  readonly as: string;
  readonly action: string;
  readonly resource: string;
  /** A sentence. */
  readonly why: string;
}

/** What AWS said about a request. */
export interface LiveAnswered extends Pick<LiveAsked, "as" | "action" | "resource"> {
  readonly answer: LiveOutcome;
  readonly asWritten?: LiveOutcome;
}

export interface LiveComparison {
  readonly ok: true;
  /** How many requests AWS has answered, and in how many of them we decide otherwise. */
  readonly asked: number;
  readonly disagreements: number;
  /** Markdown. */
  readonly document: string;
  /** The disagreements of which one side must be wrong, as Markdown for an issue; empty where there are none. */
  readonly report: string;
}

/** A matrix whose principals and columns are known. */
export interface MatrixLiveParams {
  readonly account: string;
  readonly as: readonly string[];
  /** Actions. */
  readonly columns: readonly string[];
  /** None: all that the policies tell apart, together. */
  readonly resources?: readonly string[];
  readonly context?: ContextValues;
}

interface ForReport {
  /** Of the tool. */
  readonly version: string;
}

/** Steps of an answer; only the server itself asks for them. */
export interface LiveSteps {
  "live/questions": { readonly params: CompareLiveParams; readonly result: LiveQuestions | Refusal };
  "live/simulation": {
    readonly params: { readonly asked: SimulateParams; readonly answered: LiveAnswered } & ForReport;
    readonly result: Simulation | Refusal;
  };
  "live/matrix": {
    readonly params: {
      readonly asked: MatrixLiveParams;
      readonly answered: readonly LiveAnswered[];
      readonly notAsked: readonly NotAsked[];
    };
    readonly result: { readonly ok: true; readonly matrix: MatrixAnswer } | Refusal;
  };
  "live/comparison": {
    readonly params: {
      readonly asked: CompareLiveParams;
      readonly answered: readonly LiveAnswered[];
      readonly notAsked: readonly NotAsked[];
    } & ForReport;
    readonly result: LiveComparison | Refusal;
  };
}
