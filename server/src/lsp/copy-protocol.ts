/**
 * What the server and an editor say to each other about master copies: types only, a part of `protocol.ts`. What is
 * written is what was shown; a refusal is an error response whose message is for the user.
 */
import type { WorkDoneProgressParams } from "vscode-languageserver";

export interface CopyPlaceParams {
  readonly bucket: string;
  /** Where in it; `iam-policy/` unless said. */
  readonly prefix?: string;
}

export interface PlanPublishParams extends CopyPlaceParams, WorkDoneProgressParams {
  /** URI of the account file. */
  readonly account: string;
  /** The KMS key to encrypt with; S3's own keys unless said. */
  readonly kmsKey?: string;
}

/** What would be written, to show and, by its id, to carry out while the server runs. */
export interface PublishView {
  readonly id: string;
  /** Such as `s3://backups/iam-policy/`. */
  readonly place: string;
  readonly files: number;
  /** Markdown. */
  readonly text: string;
}

export interface PlanRestoreParams extends CopyPlaceParams, WorkDoneProgressParams {
  /** URI of the folder to write into. */
  readonly folder: string;
}

export interface RestoreView {
  readonly id: string;
  readonly place: string;
  /** The twelve digits. */
  readonly account: string;
  /** ISO 8601. */
  readonly published: string;
  /** The ARN of whoever did it. */
  readonly by: string;
  /** How many files are as in the copy. */
  readonly same: number;
  /** Those that are not. */
  readonly files: readonly RestoredFile[];
}

export interface RestoredFile {
  readonly uri: string;
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  /** `null` where there is none yet. */
  readonly before: string | null;
  readonly text: string;
}

export interface CopyRequests {
  "iamPolicy/planPublish": { readonly params: PlanPublishParams; readonly result: PublishView };
  /** The result is a sentence about it. */
  "iamPolicy/publish": {
    readonly params: { readonly plan: string } & WorkDoneProgressParams;
    readonly result: string;
  };
  "iamPolicy/planRestore": { readonly params: PlanRestoreParams; readonly result: RestoreView };
  /** Refused where a file has changed since it was shown. The result is a sentence about it. */
  "iamPolicy/restore": {
    readonly params: { readonly plan: string } & WorkDoneProgressParams;
    readonly result: string;
  };
}
