/**
 * What the server and an editor say to each other about AWS's policy simulator: types only, a part of `protocol.ts`. A
 * refusal is an error response whose message is for the user.
 */
import type { WorkDoneProgressParams } from "vscode-languageserver";
import type { MatrixAnswer, SimulateParams, Simulation } from "../workspace/account-questions.js";
import type { CompareLiveParams, LiveComparison, MatrixLiveParams } from "../workspace/live-questions.js";

export type { CompareLiveParams, LiveComparison, MatrixLiveParams };

export interface LiveRequests {
  /** AWS's own answer to a question, in the shape of ours. */
  "iamPolicy/simulateLive": {
    readonly params: SimulateParams & WorkDoneProgressParams;
    readonly result: Simulation;
  };
  /** Where AWS decides otherwise than we do. */
  "iamPolicy/compareLive": {
    readonly params: CompareLiveParams & WorkDoneProgressParams;
    readonly result: LiveComparison;
  };
  /** The matrix with AWS's cells in the place of another state's. */
  "iamPolicy/matrixLive": {
    readonly params: MatrixLiveParams & WorkDoneProgressParams;
    readonly result: MatrixAnswer;
  };
}
