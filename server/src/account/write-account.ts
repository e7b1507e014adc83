/**
 * A snapshot written out as the files that somebody works on: `iam-account.json`, and a file for each policy. Reading
 * them back gives the same account. What lies on the disk already is not its business.
 */
import { parseArn } from "../policy/arn.js";
import { findPlaceholders } from "../policy/placeholder.js";
import { applyEdits } from "../syntax/edits.js";
import { formatJson } from "../syntax/json/format.js";
import { parseJson } from "../syntax/json/parse.js";
import { isPolicyOfAws } from "./change/facts.js";
import { instanceProfilesOf } from "./change/instance-profiles.js";
import type { Home } from "./change/perform-on.js";
import type {
  AccessPointDetail,
  GroupDetail,
  InlinePolicyDetail,
  InstanceProfileDetail,
  ManagedPolicyDetail,
  PublicAccessBlock,
  RoleDetail,
  Snapshot,
  UserDetail,
} from "./change/snapshot-shape.js";
import { ACCOUNT_FILE } from "./desired-account.js";

/** A file to be written. */
export interface FileText {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface WrittenAccount {
  readonly files: readonly FileText[];
  /** What the files do not say as the snapshot does, each in a sentence. */
  readonly notes: readonly string[];
}

/** @param region where requests go unless they say otherwise, where it is known */
export function writeAccount(snapshot: Snapshot, home: Home, region: string | undefined): WrittenAccount {
  const writer = new AccountWriter();
  const own = snapshot.Policies.filter(({ Arn }) => !isPolicyOfAws(Arn));
  const linked = snapshot.RoleDetailList.filter(belongsToService);
  const account = {
    account: home.accountId,
    ...(home.partition === "aws" ? {} : { partition: home.partition }),
    ...(region === undefined ? {} : { region }),
    ...section("policies", own, ({ PolicyName }) => PolicyName, writer.managed),
    ...section("groups", snapshot.GroupDetailList, ({ GroupName }) => GroupName, writer.group),
    ...section("users", snapshot.UserDetailList, ({ UserName }) => UserName, writer.user),
    ...section(
      "roles",
      snapshot.RoleDetailList.filter((it) => !belongsToService(it)),
      ({ RoleName }) => RoleName,
      writer.role,
    ),
    ...section(
      "instanceProfiles",
      instanceProfilesOf(snapshot),
      (it) => it.InstanceProfileName,
      instanceProfile,
    ),
    ...section(
      "buckets",
      [...bucketsOf(snapshot)],
      ([name]) => name,
      ([name, points]) => writer.bucket(name, points, snapshot, { home, region }),
    ),
    ...(snapshot.AccountPublicAccessBlock?.RestrictPublicBuckets ? { blockPublicAccess: true } : {}),
  };
  const notes = [...writer.notes];
  if (linked.length > 0)
    notes.push(
      `${linked.length} role${linked.length === 1 ? " is" : "s are"} left out: what services of AWS made, only they change.`,
    );
  for (const [bucket, reason] of Object.entries(snapshot.UnreadableBuckets ?? {}))
    notes.push(
      bucket === "*" ? `Buckets are left out: ${reason}` : `Bucket \`${bucket}\` is left out: ${reason}`,
    );
  return {
    files: [{ path: ACCOUNT_FILE, text: `${JSON.stringify(account, null, 2)}\n` }, ...writer.files],
    notes,
  };
}

/** The name of its role alone where there is nothing else to say. */
function instanceProfile({ Arn, Roles }: InstanceProfileDetail): unknown {
  const path = pathOf(Arn.slice(Arn.indexOf("/"), Arn.lastIndexOf("/") + 1));
  const [{ RoleName: role } = {}] = Roles;
  if (Object.keys(path).length === 0) return role ?? null;
  return { ...(role === undefined ? {} : { role }), ...path };
}

/** What access points are written relative to. */
interface Site {
  readonly home: Home;
  readonly region: string | undefined;
}

class AccountWriter {
  readonly files: FileText[] = [];
  readonly notes: string[] = [];

  readonly managed = (policy: ManagedPolicyDetail): unknown => {
    const version =
      policy.PolicyVersionList.find(({ VersionId }) => VersionId === policy.DefaultVersionId) ??
      policy.PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion);
    const document = this.document(policy.PolicyName, version?.Document ?? "");
    const { Description: description, Tags = [] } = policy;
    const more = {
      ...pathOf(policy.Path),
      ...(description ? { description } : {}),
      ...tagsOf(Tags),
    };
    return Object.keys(more).length === 0 ? document : { document, ...more };
  };

  readonly group = (group: GroupDetail): unknown => ({
    ...pathOf(group.Path),
    ...this.#policies(group, group.GroupPolicyList, `groups/${group.GroupName}`),
  });

  readonly user = (user: UserDetail): unknown => ({
    ...pathOf(user.Path),
    ...(user.GroupList.length > 0 ? { groups: user.GroupList } : {}),
    ...this.#policies(user, user.UserPolicyList, `users/${user.UserName}`),
    ...this.#limits(user),
  });

  readonly role = (role: RoleDetail): unknown => ({
    ...pathOf(role.Path),
    ...(role.Description ? { description: role.Description } : {}),
    ...(role.MaxSessionDuration === undefined ? {} : { maxSessionDuration: role.MaxSessionDuration }),
    trust: this.document(`roles/${role.RoleName}.trust`, role.AssumeRolePolicyDocument),
    ...this.#policies(role, role.RolePolicyList, `roles/${role.RoleName}`),
    ...this.#limits(role),
  });

  bucket(name: string, points: readonly AccessPointDetail[], snapshot: Snapshot, site: Site): unknown {
    const text = snapshot.BucketPolicies?.[name];
    const owner = points.find(({ BucketAccountId }) => BucketAccountId !== undefined)?.BucketAccountId;
    return this.#resource(text === null ? undefined : text, `buckets/${name}`, {
      ...(owner === undefined || owner === site.home.accountId ? {} : { account: owner }),
      ...blockOf(snapshot.PublicAccessBlocks?.[name]),
      ...section(
        "accessPoints",
        points,
        ({ Name }) => Name,
        (it) => this.#accessPoint(it, name, site),
      ),
    });
  }

  #accessPoint(point: AccessPointDetail, bucket: string, { home, region }: Site): unknown {
    const { Name, AccessPointArn, NetworkOrigin, VpcConfiguration, Policy } = point;
    const arn = parseArn(AccessPointArn);
    const vpc = NetworkOrigin === "VPC" ? VpcConfiguration?.VpcId : undefined;
    return this.#resource(Policy, `buckets/${bucket}/${Name}`, {
      ...(arn === undefined || arn.account === home.accountId ? {} : { account: arn.account }),
      ...(arn === undefined || arn.region === region ? {} : { region: arn.region }),
      ...(vpc === undefined ? {} : { vpc }),
      ...blockOf(point.PublicAccessBlockConfiguration),
    });
  }

  /** The policy alone where there is nothing else to say. */
  #resource(text: string | undefined, name: string, more: Readonly<Record<string, unknown>>): unknown {
    const policy = text === undefined ? undefined : this.document(name, text);
    if (Object.keys(more).length === 0) return policy ?? null;
    return { ...(policy === undefined ? {} : { policy }), ...more };
  }

  /** @returns the path of its file, as the account names it */
  document(name: string, text: string): string {
    const path = `policies/${name.split("/").map(fileName).join("/")}.json`;
    const { [0]: placeholder } = findPlaceholders(text);
    if (placeholder !== undefined)
      this.notes.push(
        `${path}: \`${placeholder.text}\` is meant literally in AWS, and is read as a placeholder here.`,
      );
    this.files.push({ path, text: laidOut(text) });
    return path;
  }

  #policies(
    { AttachedManagedPolicies }: UserDetail | GroupDetail | RoleDetail,
    inline: readonly InlinePolicyDetail[],
    folder: string,
  ) {
    return {
      ...(AttachedManagedPolicies.length > 0
        ? {
            policies: AttachedManagedPolicies.map(({ PolicyArn, PolicyName }) =>
              isPolicyOfAws(PolicyArn) ? PolicyArn : PolicyName,
            ),
          }
        : {}),
      ...section(
        "inline",
        inline,
        ({ PolicyName }) => PolicyName,
        ({ PolicyName, PolicyDocument }) => this.document(`${folder}/${PolicyName}`, PolicyDocument),
      ),
    };
  }

  #limits({ PermissionsBoundary, Tags }: UserDetail | RoleDetail) {
    const arn = PermissionsBoundary?.PermissionsBoundaryArn;
    return { ...(arn === undefined ? {} : { boundary: arn }), ...tagsOf(Tags) };
  }
}

/** Every bucket that has a policy or an access point, with its access points. */
function bucketsOf({ BucketPolicies = {}, AccessPoints = [] }: Snapshot) {
  const points = new Map<string, AccessPointDetail[]>(Object.keys(BucketPolicies).map((it) => [it, []]));
  for (const point of AccessPoints) {
    const known = points.get(point.Bucket);
    if (known === undefined) points.set(point.Bucket, [point]);
    else known.push(point);
  }
  return points;
}

function blockOf(block: PublicAccessBlock | undefined) {
  return block?.RestrictPublicBuckets === true ? { blockPublicAccess: true } : {};
}

/** Sorted by name, so that the same account gives the same files. */
function section<T>(
  key: string,
  items: readonly T[],
  nameOf: (item: T) => string,
  write: (item: T) => unknown,
): Readonly<Record<string, unknown>> {
  if (items.length === 0) return {};
  const sorted = [...items].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return { [key]: Object.fromEntries(sorted.map((item) => [nameOf(item), write(item)])) };
}

/** One that AWS's services or IAM Identity Center keep: nobody else may change it. */
function belongsToService({ Path }: RoleDetail): boolean {
  return /^\/aws-(?:service-role|reserved)\//.test(Path);
}

function pathOf(path: string) {
  return path === "/" ? {} : { path };
}

function tagsOf(tags: readonly { readonly Key: string; readonly Value: string }[]) {
  if (tags.length === 0) return {};
  return { tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) };
}

/** Windows keeps some names for devices, and tells no upper from lower case: IAM does not either. */
function fileName(name: string): string {
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name) ? `_${name}` : name;
}

/** On several lines, the parts in their order. */
function laidOut(text: string): string {
  const style = { indent: "  ", insertFinalNewline: true, trimFinalNewlines: true };
  return applyEdits(text, formatJson(parseJson(text), style, parseJson));
}
