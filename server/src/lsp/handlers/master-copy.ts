/**
 * `iamPolicy/planPublish`, `iamPolicy/publish`, `iamPolicy/planRestore`, `iamPolicy/restore`: the master copy of an
 * account in a bucket. What was shown is kept, so that nothing else is written.
 */
import { fileURLToPath, pathToFileURL } from "node:url";
import { TargetError } from "../../account/change/target.js";
import type { ObjectStore } from "../../account/master-copy.js";
import { counted } from "../../policy/counted.js";
import { type CopyPlace, copyPlace, shownPlace } from "../../workspace/copy-place.js";
import {
  type CopyToPublish,
  copyToPublish,
  publishCopy,
  refuseOtherAccount,
} from "../../workspace/publish-copy.js";
import { publishMarkdown } from "../../workspace/publish-report.js";
import { changedFiles, fetchCopy } from "../../workspace/restore-copy.js";
import type { Asking } from "../asking.js";
import type { PlanPublishParams, PlanRestoreParams, RestoredFile } from "../copy-protocol.js";
import { answerLong } from "../long-answers.js";
import { rememberShown, type Shown } from "../remember-shown.js";
import { pathOf, type Session } from "../session.js";

interface ToPublish {
  readonly copy: CopyToPublish;
  readonly place: CopyPlace;
  readonly store: ObjectStore;
  readonly by: string;
}

interface ToRestore {
  readonly folder: string;
  readonly files: readonly RestoredFile[];
  readonly account: string;
  readonly published: string;
}

export function masterCopy(session: Session): void {
  const { files, change } = session;
  const toPublish = rememberShown<ToPublish>("copy");
  const toRestore = rememberShown<ToRestore>("copy");
  answerLong(session, "iamPolicy/planPublish", "Preparing", async (params, { signal }) => {
    const prepared = await preparePublish(session, params, signal);
    const { copy, place, by } = prepared;
    const text = publishMarkdown(copy, { place, by, kmsKey: params.kmsKey });
    return { id: toPublish.keep(prepared), place: shownPlace(place), files: copy.files.length, text };
  });
  answerLong(session, "iamPolicy/publish", "Publishing", async ({ plan }, { signal, report }) => {
    const { copy, place, store, by } = taken(toPublish, plan);
    const all = copy.files.length;
    const progress = (done: number) => report(`${done} of ${counted(all, "file")}`, (100 * (done - 1)) / all);
    await publishCopy(copy, store, { prefix: place.prefix, now: change.now(), by, progress, signal });
    return `${counted(all, "file")} of account ${copy.account} are in ${shownPlace(place)}.`;
  });
  answerLong(session, "iamPolicy/planRestore", "Fetching", async (params, it) => {
    const { place, same, by, ...prepared } = await prepareRestore(session, params, it);
    const { account, published, files: changed } = prepared;
    const id = toRestore.keep(prepared);
    return { id, place: shownPlace(place), account, published, by, same, files: changed };
  });
  answerLong(session, "iamPolicy/restore", "Restoring", async ({ plan }) => {
    const { folder, files: changed, account, published } = taken(toRestore, plan);
    const paths = changed.map(({ uri, ...file }) => ({ ...file, full: fileURLToPath(uri) }));
    const moved = paths.find(({ full, before }) => (files.readFile(full) ?? null) !== before);
    if (moved !== undefined)
      throw new TargetError(
        "conflict",
        `${moved.path} has changed since it was shown. Nothing was written: restore again.`,
      );
    files.writeAll(paths.map(({ full, text }) => ({ path: full, text })));
    const written = `${counted(changed.length, "file")} written`;
    return `${written}: ${folder} is as account ${account} was published on ${published}.`;
  });
}

async function preparePublish(
  { aws, files, workspace }: Session,
  { account, bucket, prefix, kmsKey }: PlanPublishParams,
  signal: AbortSignal,
): Promise<ToPublish> {
  const place = copyPlace(bucket, prefix);
  const path = pathOf(account);
  if (path === undefined)
    throw new TargetError("invalid", "Save the account file first: its policies are found beside it.");
  const folder = files.parentFolder(path) ?? path;
  const shown = (it: string) => workspace.relativePath(folder, it);
  const copy = copyToPublish(path, files, shown);
  const { target, objects } = await aws.connection();
  await refuseOtherAccount(copy, shown(path), target, { signal });
  const by = (await target.caller({ signal })) ?? "";
  return { copy, place, by, store: objects({ bucket: place.bucket, kmsKey }) };
}

async function prepareRestore(
  { aws, files }: Session,
  { folder: uri, bucket, prefix }: PlanRestoreParams,
  { signal, report }: Asking,
): Promise<ToRestore & { readonly place: CopyPlace; readonly same: number; readonly by: string }> {
  const place = copyPlace(bucket, prefix);
  const folder = fileURLToPath(uri);
  const { objects } = await aws.connection();
  const copy = await fetchCopy(objects({ bucket: place.bucket }), {
    prefix: place.prefix,
    place: shownPlace(place),
    signal,
    progress: (done, all) => report(`${done} of ${counted(all, "file")}`, (100 * (done - 1)) / all),
  });
  const fullPath = (path: string) => path.split("/").reduce(files.join, folder);
  const changed = changedFiles(copy, (path) => files.readFile(fullPath(path)));
  const { account, published, by } = copy.manifest;
  return {
    folder,
    place,
    account,
    published,
    by,
    same: copy.files.length - changed.length,
    files: changed.map(({ path, text, before }) => {
      const uri = pathToFileURL(fullPath(path)).href;
      return { uri, path, text, before: before ?? null };
    }),
  };
}

/** @throws TargetError */
function taken<T>(shown: Shown<T>, id: string): T {
  const found = shown.take(id);
  if (found === undefined) throw new TargetError("absent", "This is not known any more: begin anew.");
  return found;
}
