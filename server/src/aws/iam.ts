/** IAM: the account's details as a snapshot, and one command for each call of a plan. What is planned is not its business. */
import {
  type AttachedPermissionsBoundary,
  GetAccountAuthorizationDetailsCommand,
  ListInstanceProfilesCommand,
  ListPolicyTagsCommand,
  ListRolesCommand,
  type GroupDetail as SdkGroup,
  type PolicyDetail as SdkInlinePolicy,
  type ManagedPolicyDetail as SdkPolicy,
  type RoleDetail as SdkRole,
  type Tag as SdkTag,
  type UserDetail as SdkUser,
} from "@aws-sdk/client-iam";
import type { IamCall, Tag } from "../account/change/api-call.js";
import { isPolicyOfAws, policyName } from "../account/change/facts.js";
import type {
  GroupDetail,
  InstanceProfileDetail,
  ManagedPolicyDetail,
  RoleDetail,
  Snapshot,
  UserDetail,
} from "../account/change/snapshot-shape.js";
import { decodedDocument } from "../account/change/snapshot-text.js";
import { type CallOptions, TargetError } from "../account/change/target.js";
import { eachAtOnce } from "./at-once.js";
import { type Clients, call } from "./clients.js";
import { iamCommand } from "./iam-commands.js";

/** How far a long reading is: so many entries, of what. */
export type Progress = (done: number, what: string) => void;
export type ReadOptions = CallOptions & { readonly progress?: Progress };

type Details = Pick<
  Snapshot,
  "UserDetailList" | "GroupDetailList" | "RoleDetailList" | "InstanceProfiles" | "Policies"
>;

/** The most that AWS gives in one page. */
const PAGE = 1000;

/** All users, groups, roles and policies of the account, and those policies of AWS that hang on one of them. */
export async function readDetails(clients: Clients, options: ReadOptions): Promise<Details> {
  const users: UserDetail[] = [];
  const groups: GroupDetail[] = [];
  const roles: RoleDetail[] = [];
  const policies: ManagedPolicyDetail[] = [];
  const ask = (page: object, sending: object) =>
    clients.iam.read().send(new GetAccountAuthorizationDetailsCommand(page), sending);
  for await (const page of pages(clients, "GetAccountAuthorizationDetails", ask, options)) {
    users.push(...(page.UserDetailList ?? []).map(userDetail));
    groups.push(...(page.GroupDetailList ?? []).map(groupDetail));
    roles.push(...(page.RoleDetailList ?? []).map(roleDetail));
    policies.push(...(page.Policies ?? []).map(policyDetail));
    options.progress?.(
      users.length + groups.length + roles.length + policies.length,
      "users, groups, roles and policies",
    );
  }
  const extra = await unlessDenied(() => roleExtras(clients, options));
  const profiles = await unlessDenied(() => instanceProfiles(clients, options));
  const own = policies.filter(({ Arn }) => !isPolicyOfAws(Arn)).map(({ Arn }) => Arn);
  const tagsOf = await unlessDenied(() => policyTags(clients, own, options));
  const used = new Set(
    [...users, ...groups, ...roles].flatMap((it) => [
      ...it.AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
      ...("PermissionsBoundary" in it && it.PermissionsBoundary
        ? [it.PermissionsBoundary.PermissionsBoundaryArn]
        : []),
    ]),
  );
  return {
    UserDetailList: users,
    GroupDetailList: groups,
    RoleDetailList: roles.map((role) => ({ ...role, ...extra?.get(role.RoleName) })),
    ...known({ InstanceProfiles: profiles }),
    Policies: policies
      .filter(({ Arn }) => !isPolicyOfAws(Arn) || used.has(Arn))
      .map((policy) => ({ ...policy, ...known({ Tags: tagsOf?.get(policy.Arn) }) })),
  };
}

/** Makes one call, once. */
export async function performIam(clients: Clients, request: IamCall, options: CallOptions): Promise<void> {
  const send = (sending: object) => clients.iam.write().send(iamCommand(request), sending);
  await call(clients, { service: "iam", operation: request.operation, writes: true, send }, options);
}

interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

async function* pages<P extends Page>(
  clients: Clients,
  operation: string,
  ask: (
    page: { readonly MaxItems: number; readonly Marker: string | undefined },
    sending: object,
  ) => Promise<P>,
  options: CallOptions,
): AsyncGenerator<P> {
  let marker: string | undefined;
  do {
    const asked = { MaxItems: PAGE, Marker: marker };
    const send = (sending: object) => ask(asked, sending);
    const page = await call(clients, { service: "iam", operation, send }, options);
    yield page;
    const next = page.IsTruncated === true ? page.Marker : undefined;
    if (next !== undefined && next === marker)
      throw new TargetError("unavailable", `\`${operation}\` gives the same page again and again.`);
    marker = next;
  } while (marker !== undefined);
}

/** What the details leave out matters less than they do: where it may not be read, nothing is claimed about it. */
async function unlessDenied<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TargetError && error.kind === "denied") return undefined;
    throw error;
  }
}

type RoleExtras = Pick<RoleDetail, "Description" | "MaxSessionDuration">;

/** What the details leave out of roles, by name. */
async function roleExtras(clients: Clients, options: CallOptions): Promise<ReadonlyMap<string, RoleExtras>> {
  const extras = new Map<string, RoleExtras>();
  const ask = (page: object, sending: object) => clients.iam.read().send(new ListRolesCommand(page), sending);
  // AWS leaves an empty description out.
  for await (const { Roles = [] } of pages(clients, "ListRoles", ask, options))
    for (const { RoleName, Description, MaxSessionDuration } of Roles)
      extras.set(RoleName ?? "", { Description: Description ?? "", ...known({ MaxSessionDuration }) });
  return extras;
}

/** Those without a role too, which the details leave out. */
async function instanceProfiles(
  clients: Clients,
  options: CallOptions,
): Promise<readonly InstanceProfileDetail[]> {
  const found: InstanceProfileDetail[] = [];
  const ask = (page: object, sending: object) =>
    clients.iam.read().send(new ListInstanceProfilesCommand(page), sending);
  for await (const { InstanceProfiles = [] } of pages(clients, "ListInstanceProfiles", ask, options))
    for (const { InstanceProfileName = "", Arn = "", Roles = [] } of InstanceProfiles)
      found.push({ InstanceProfileName, Arn, Roles: Roles.map(({ RoleName = "" }) => ({ RoleName })) });
  return found;
}

/** What the details leave out of policies, by ARN. */
async function policyTags(
  clients: Clients,
  arns: readonly string[],
  options: ReadOptions,
): Promise<ReadonlyMap<string, readonly Tag[]>> {
  const found = new Map<string, readonly Tag[]>();
  const read = async (PolicyArn: string) => {
    try {
      // A page holds more tags than a policy may have.
      const send = (sending: object) =>
        clients.iam.read().send(new ListPolicyTagsCommand({ PolicyArn }), sending);
      const answer = await call(clients, { service: "iam", operation: "ListPolicyTags", send }, options);
      found.set(PolicyArn, tags(answer.Tags));
      options.progress?.(found.size, "policies with their tags");
    } catch (error) {
      // It may have been deleted meanwhile.
      if (!(error instanceof TargetError && error.kind === "absent")) throw error;
    }
  };
  await eachAtOnce(arns, read);
  return found;
}

function userDetail(it: SdkUser): UserDetail {
  return {
    ...common(it),
    UserName: it.UserName ?? "",
    UserId: it.UserId ?? "",
    UserPolicyList: inline(it.UserPolicyList),
    GroupList: it.GroupList ?? [],
    ...boundary(it.PermissionsBoundary),
    Tags: tags(it.Tags),
  };
}

function groupDetail(it: SdkGroup): GroupDetail {
  return {
    ...common(it),
    GroupName: it.GroupName ?? "",
    GroupId: it.GroupId ?? "",
    GroupPolicyList: inline(it.GroupPolicyList),
  };
}

function roleDetail(it: SdkRole): RoleDetail {
  return {
    ...common(it),
    RoleName: it.RoleName ?? "",
    RoleId: it.RoleId ?? "",
    AssumeRolePolicyDocument: documentText(it.AssumeRolePolicyDocument),
    RolePolicyList: inline(it.RolePolicyList),
    InstanceProfileList: (it.InstanceProfileList ?? []).map(({ InstanceProfileName, Arn }) => ({
      InstanceProfileName: InstanceProfileName ?? "",
      Arn: Arn ?? "",
    })),
    ...boundary(it.PermissionsBoundary),
    Tags: tags(it.Tags),
  };
}

function policyDetail(it: SdkPolicy): ManagedPolicyDetail {
  const arn = it.Arn ?? "";
  return {
    // Some servers in AWS's place leave these two out.
    PolicyName: it.PolicyName ?? policyName(arn),
    PolicyId: it.PolicyId ?? "",
    Arn: arn,
    Path: it.Path ?? "/",
    DefaultVersionId: it.DefaultVersionId ?? "",
    AttachmentCount: it.AttachmentCount ?? 0,
    PermissionsBoundaryUsageCount: it.PermissionsBoundaryUsageCount ?? 0,
    IsAttachable: it.IsAttachable ?? true,
    ...known({ Description: it.Description, CreateDate: iso(it.CreateDate), UpdateDate: iso(it.UpdateDate) }),
    PolicyVersionList: (it.PolicyVersionList ?? []).map((version) => ({
      VersionId: version.VersionId ?? "",
      IsDefaultVersion: version.IsDefaultVersion ?? false,
      Document: documentText(version.Document),
      ...known({ CreateDate: iso(version.CreateDate) }),
    })),
  };
}

function common(it: SdkUser | SdkGroup | SdkRole) {
  return {
    Path: it.Path ?? "/",
    Arn: it.Arn ?? "",
    ...known({ CreateDate: iso(it.CreateDate) }),
    AttachedManagedPolicies: (it.AttachedManagedPolicies ?? []).map(({ PolicyName, PolicyArn }) => ({
      PolicyName: PolicyName ?? "",
      PolicyArn: PolicyArn ?? "",
    })),
  };
}

function inline(list: readonly SdkInlinePolicy[] | undefined) {
  return (list ?? []).map(({ PolicyName, PolicyDocument }) => ({
    PolicyName: PolicyName ?? "",
    PolicyDocument: documentText(PolicyDocument),
  }));
}

function boundary(it: AttachedPermissionsBoundary | undefined) {
  const arn = it?.PermissionsBoundaryArn;
  if (arn === undefined) return {};
  return { PermissionsBoundary: { PermissionsBoundaryType: "Policy" as const, PermissionsBoundaryArn: arn } };
}

function tags(list: readonly SdkTag[] | undefined) {
  return (list ?? []).map(({ Key, Value }) => ({ Key: Key ?? "", Value: Value ?? "" }));
}

/** One that cannot be decoded stays as it is: then it is nothing that a plan would understand. */
function documentText(document: string | undefined): string {
  return document === undefined ? "" : (decodedDocument(document) ?? document);
}

function iso(date: Date | undefined): string | undefined {
  return date?.toISOString();
}

/** Only what is there. */
function known<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
