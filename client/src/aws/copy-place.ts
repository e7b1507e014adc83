/**
 * Asks where a master copy lies: the bucket, where in it and, to publish, how it is encrypted. The last answers are kept
 * in VS Code's own memory of the workspace, which no file of the workspace can change.
 */
import type * as vscode from "vscode";
import { pickOrType } from "../simulate/pick-or-type.js";

export interface CopyPlace {
  readonly bucket: string;
  readonly prefix: string;
  /** Only to publish. */
  readonly kmsKey?: string;
}

const KEY = "iamPolicy.masterCopy";
const DEFAULT_PREFIX = "iam-policy/";
const S3_KEYS = "S3's own keys";
const WHOLE_BUCKET = "The top of the bucket";

export interface CopyPlaces {
  /** @returns `undefined` where the user wants no copy any more */
  ask(title: string, encrypts: boolean): Promise<CopyPlace | undefined>;
  /** For the next time. */
  keep(place: CopyPlace): Promise<void>;
}

/** @param buckets those that are known to be in the account */
export function createCopyPlaces(memory: vscode.Memento, buckets: () => readonly string[]): CopyPlaces {
  const last = (): Partial<CopyPlace> => memory.get<Partial<CopyPlace>>(KEY, {});
  return {
    async ask(title, encrypts) {
      const known = last();
      const steps = encrypts ? 3 : 2;
      const answers: string[] = [];
      while (answers.length < steps) {
        const step = answers.length + 1;
        const picked = await pickOrType({ title, step, steps, ...questionOf(step, known, buckets()) });
        if (picked === undefined) return undefined;
        if (picked === "back") answers.pop();
        else answers.push(picked.labels[0] ?? "");
      }
      const [bucket = "", prefix = "", key = S3_KEYS] = answers;
      return {
        bucket,
        prefix: prefix === WHOLE_BUCKET ? "" : prefix,
        ...(key !== S3_KEYS && { kmsKey: key }),
      };
    },
    async keep(place) {
      const { kmsKey } = last();
      await memory.update(KEY, { ...(kmsKey && { kmsKey }), ...place });
    },
  };
}

function questionOf(
  step: number,
  { bucket, prefix, kmsKey }: Partial<CopyPlace>,
  buckets: readonly string[],
) {
  switch (step) {
    case 1:
      return {
        placeholder: "In which bucket of the account? Choose, or type its name.",
        items: items([bucket, ...buckets], bucket),
        typed: (text: string) =>
          /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) ? { label: text } : undefined,
      };
    case 2:
      return {
        placeholder: "Where in the bucket? Choose, or type a prefix.",
        items: items([prefix || undefined, DEFAULT_PREFIX, WHOLE_BUCKET], prefix),
        typed: (text: string) =>
          /^[^/\s][^\s]*$/.test(text) && !/\/\//.test(text) ? { label: text } : undefined,
      };
    default:
      return {
        placeholder: "Encrypted with which key? Choose, or type the ARN or id of a KMS key.",
        items: items([kmsKey, S3_KEYS], kmsKey),
        typed: (text: string) =>
          /^(?:arn:[^\s]+|alias\/\S+|[\w-]{8,})$/.test(text) ? { label: text } : undefined,
      };
  }
}

function items(
  labels: readonly (string | undefined)[],
  last: string | undefined,
): readonly vscode.QuickPickItem[] {
  const known = labels.filter((it) => it !== undefined);
  return [...new Set(known)].map((label) => ({
    label,
    ...(label === last && { description: "as the last time" }),
  }));
}
