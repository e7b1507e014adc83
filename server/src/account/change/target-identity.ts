/** What journals and locks know a target by, whichever profile, folder or link it was reached through. Asks nobody. */

const SNAPSHOT = "snapshot:";
const AT = "@";
const SHOWN = "snapshot ";

/** @param place from the folder of the account file where it is in there, with forward slashes */
export function snapshotIdentity(place: string): string {
  return SNAPSHOT + place;
}

/** @param endpoint of IAM, where it is not AWS's own */
export function awsIdentity(partition: string, accountId: string, endpoint: string | undefined): string {
  // A name and password in an address are for nobody to read in a journal.
  const address = endpoint?.replace(/\/+$/, "").replace(/\/\/[^/@]*@/, "//");
  const at = address === undefined ? "" : AT + address;
  return `aws:${partition}:${accountId}${at}`;
}

/** The place of a snapshot, as {@link snapshotIdentity} was given it; `undefined` for AWS. */
export function snapshotPlace(identity: string): string | undefined {
  return identity.startsWith(SNAPSHOT) ? identity.slice(SNAPSHOT.length) : undefined;
}

/** A snapshot as shown to the user. */
export function shownSnapshot(place: string): string {
  return SHOWN + place;
}

export interface RecordedTarget {
  /** Early journals have none. */
  readonly identity?: string;
  /** As shown to the user. */
  readonly target: string;
  readonly accountId: string;
  readonly partition: string;
}

/** Of a journal; one without an identity tells no endpoint. */
export function recordedIdentity({ identity, target, accountId, partition }: RecordedTarget): string {
  if (identity !== undefined) return identity;
  const place = target.startsWith(SHOWN) ? target.slice(SHOWN.length) : undefined;
  return place === undefined ? awsIdentity(partition, accountId, undefined) : snapshotIdentity(place);
}

/** Is it the target that was recorded? */
export function isRecordedTarget(recorded: RecordedTarget, identity: string): boolean {
  const wanted = recordedIdentity(recorded);
  return wanted === identity || (recorded.identity === undefined && identity.startsWith(wanted + AT));
}
