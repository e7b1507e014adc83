/**
 * Answers questions about accounts and lone policies from files and open texts, a few milliseconds at a time, so that
 * whoever shares the thread gets a turn. It keeps the accounts it has read as long as their files stay the same, knows
 * neither the protocol nor threads, and asks AWS nothing.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { accessTests } from "./account-answers/access-tests.js";
import { checkAccess } from "./account-answers/check-access.js";
import { diff } from "./account-answers/diff.js";
import { liveComparison } from "./account-answers/live-comparison.js";
import { driftOfFiles } from "./account-answers/live-drift.js";
import { liveMatrix } from "./account-answers/live-matrix.js";
import { liveQuestions } from "./account-answers/live-questions.js";
import { liveSimulation } from "./account-answers/live-simulation.js";
import { matrix, reportOfMatrix } from "./account-answers/matrix.js";
import { policies } from "./account-answers/policies.js";
import { runAccessTests } from "./account-answers/run-access-tests.js";
import { simulate } from "./account-answers/simulate.js";
import { simulateChoices } from "./account-answers/simulate-choices.js";
import { sources } from "./account-answers/sources.js";
import type {
  AccountMethod,
  AccountWork,
  Cancellation,
  DeskRequests,
  OtherState,
  Setting,
} from "./account-questions.js";
import { checkOffline } from "./aws-check.js";
import { FileState } from "./file-state.js";
import { pathOf } from "./file-uri.js";
import type { WorkspacePorts } from "./workspace.js";

export type DeskPorts = Pick<
  WorkspacePorts,
  "catalogue" | "readFile" | "parentFolder" | "join" | "relative" | "listFiles"
>;

/** What an answer is worked out from. */
export interface Desk {
  readonly catalogue: Catalogue;
  /** The files as the editors hold them. */
  readonly now: FileState;
  other(state: OtherState): FileState;
  /** Every JSON file of the workspace, saved or only open. */
  files(): readonly string[];
  /** Sends part of an answer; `undefined` where nobody takes parts. */
  readonly part: ((part: unknown) => void) | undefined;
  /** Lets others have a turn where this one has lasted; `false` once nobody wants the answer any more. */
  goOn(): Promise<boolean>;
}

type Answers<Methods extends keyof DeskRequests> = {
  readonly [M in Methods]: (
    desk: Desk,
    params: DeskRequests[M]["params"],
  ) => DeskRequests[M]["result"] | Promise<DeskRequests[M]["result"]>;
};

const FOR_CLIENTS: Answers<AccountMethod> = {
  "iamPolicy/simulateChoices": simulateChoices,
  "iamPolicy/simulate": simulate,
  "iamPolicy/matrix": matrix,
  "iamPolicy/matrixReport": (_, params) => reportOfMatrix(params),
  "iamPolicy/accessTests": accessTests,
  "iamPolicy/runAccessTests": runAccessTests,
  "iamPolicy/diff": diff,
  "iamPolicy/checkAccess": checkAccess,
  "iamPolicy/policies": policies,
  "iamPolicy/sources": sources,
};

const ANSWERS: Answers<keyof DeskRequests> = {
  ...FOR_CLIENTS,
  "check/offline": ({ catalogue }, asked) => checkOffline(asked, catalogue),
  "live/drift": driftOfFiles,
  "live/questions": liveQuestions,
  "live/simulation": liveSimulation,
  "live/matrix": liveMatrix,
  "live/comparison": liveComparison,
};

export const ACCOUNT_METHODS = Object.keys(FOR_CLIENTS) as readonly AccountMethod[];

/** How long the thread may be held before others get their turn, in milliseconds. */
const SLICE = 12;

export function createAccountDesk(ports: DeskPorts): AccountWork {
  let known: { readonly place: string; readonly state: FileState } | undefined;
  return {
    async ask(method, params, setting, part, cancellation) {
      const { managedPolicies = "" } = setting;
      // With other policies of AWS every account reads differently.
      const managed = managedPolicies === "" ? "" : ports.readFile(managedPolicies);
      const place = [managedPolicies, managed, ...setting.folders].join("\n");
      if (known?.place !== place) known = { place, state: new FileState(ports, setting) };
      const now = known.state;
      now.hold(setting.open);
      const desk = deskFor(ports, setting, now, part, cancellation);
      return await ANSWERS[method](desk, params);
    },
  };
}

function deskFor(
  ports: DeskPorts,
  setting: Setting,
  now: FileState,
  part: Desk["part"],
  cancellation: Cancellation,
): Desk {
  let since = performance.now();
  return {
    get catalogue() {
      return ports.catalogue();
    },
    now,
    other(state) {
      const other = new FileState(ports, setting);
      if (state !== "saved") other.replace(state.texts);
      return other;
    },
    files: () => [
      ...new Set([
        ...setting.folders.flatMap((folder) => [...ports.listFiles(folder)]),
        ...now.openUris().flatMap((uri) => pathOf(uri) ?? []),
      ]),
    ],
    part,
    async goOn() {
      if (performance.now() - since > SLICE) {
        await new Promise<void>((resolve) => void setImmediate(resolve));
        since = performance.now();
      }
      return !cancellation.isCancellationRequested;
    },
  };
}
