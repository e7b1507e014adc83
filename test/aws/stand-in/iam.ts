/**
 * IAM and STS as their API references show them, over an account in memory. Reads are answered from the snapshot, writes
 * are `performOn`'s.
 */
import type { ApiCall, IamCall } from "../../../server/src/account/change/api-call.js";
import { instanceProfilesOf } from "../../../server/src/account/change/instance-profiles.js";
import type { StandInState } from "./state.js";
import { type Answer, type Failure, type Fields, failed, queryAnswer, readForm } from "./wire.js";

const IAM_VERSION = "2010-05-08";
const STS_VERSION = "2011-06-15";
const NUMBERS = new Set(["MaxSessionDuration", "MaxItems"]);
const BOOLEANS = new Set(["SetAsDefault"]);

export function answerSts(operation: string, state: StandInState, accessKeyId: string): Answer {
  if (operation === "GetCallerIdentity")
    return queryAnswer(
      operation,
      { Arn: state.caller, UserId: "AIDACKCEVSQ6C2EXAMPLE", Account: state.accountId },
      STS_VERSION,
    );
  if (operation === "AssumeRole" || operation === "AssumeRoleWithWebIdentity") {
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    return queryAnswer(
      operation,
      {
        Credentials: {
          AccessKeyId: "ASIASTANDINSESSION00",
          SecretAccessKey: "STAND-IN-ASSUMED-SECRET",
          SessionToken: "STAND-IN-SESSION-TOKEN",
          Expiration: expires,
        },
        AssumedRoleUser: { AssumedRoleId: `AROA:${accessKeyId}`, Arn: state.caller },
      },
      STS_VERSION,
    );
  }
  return failed("sts", noSuchAction(operation, STS_VERSION));
}

export function answerIam(form: string, state: StandInState): Answer {
  const { Action, Version, ...fields } = readForm(form);
  const operation = String(Action);
  const read = READS[operation];
  if (read !== undefined) {
    const result = read(state, typed(fields));
    return "code" in result ? failed("iam", result as Failure) : queryAnswer(operation, result, IAM_VERSION);
  }
  const input = typed(fields);
  const problem = state.perform({ service: "iam", operation, input } as ApiCall);
  if (problem !== undefined) return failed("iam", problem);
  return queryAnswer(operation, created(operation as IamCall["operation"], input, state), IAM_VERSION);
}

type Read = (state: StandInState, fields: Fields) => Fields | Failure;

const READS: Readonly<Record<string, Read>> = {
  GetAccountAuthorizationDetails: accountDetails,
  // As in the examples of https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
  GetAccountSummary: ({ summary }) => ({
    SummaryMap: { entry: Object.entries(summary).map(([key, value]) => ({ key, value })) },
  }),
  GetAccountPasswordPolicy: ({ passwordPolicy, accountId }) =>
    passwordPolicy === undefined
      ? {
          status: 404,
          code: "NoSuchEntity",
          message: `The Password Policy with domain name ${accountId} cannot be found.`,
        }
      : { PasswordPolicy: passwordPolicy },
  GenerateCredentialReport: () => ({ State: "COMPLETE" }),
  GetCredentialReport: ({ credentialReport }) => ({
    Content: Buffer.from(credentialReport).toString("base64"),
    ReportFormat: "text/csv",
    GeneratedTime: "2026-11-22T00:00:00Z",
  }),
  SimulatePrincipalPolicy: simulation,
  SimulateCustomPolicy: simulation,
  // As in https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html
  ListPolicyTags: ({ seen }, { PolicyArn }) => {
    const policy = seen.Policies.find(({ Arn }) => Arn === PolicyArn);
    return policy === undefined
      ? { status: 404, code: "NoSuchEntity", message: `Policy ${PolicyArn} was not found.` }
      : { Tags: policy.Tags ?? [], IsTruncated: false };
  },
  // As in https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html
  ListInstanceProfiles: ({ seen }) => ({
    InstanceProfiles: instanceProfilesOf(seen).map(({ Arn, Roles, ...profile }) => ({
      ...profile,
      Arn,
      InstanceProfileId: "AIPACKCEVSQ6C2EXAMPLE",
      Path: Arn.slice(Arn.indexOf("/"), Arn.lastIndexOf("/") + 1),
      CreateDate: "2026-01-01T00:00:00Z",
      Roles: Roles.map(({ RoleName }) => ({
        RoleName,
        Path: "/",
        RoleId: "AROACKCEVSQ6C2EXAMPLE",
        Arn: `arn:aws:iam::111122223333:role/${RoleName}`,
        CreateDate: "2026-01-01T00:00:00Z",
      })),
    })),
    IsTruncated: false,
  }),
  ListRoles: ({ seen }) => ({
    Roles: seen.RoleDetailList.map(({ RolePolicyList, AttachedManagedPolicies, Tags, ...role }) => ({
      ...role,
      AssumeRolePolicyDocument: encodeURIComponent(role.AssumeRolePolicyDocument),
      InstanceProfileList: undefined,
    })),
    IsTruncated: false,
  }),
};

/** As in the example of https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html, in pages of 20. */
function simulation({ simulated, named }: StandInState, fields: Fields): Fields {
  const actions = fields["ActionNames"] as readonly string[];
  const [resource = "*"] = (fields["ResourceArns"] as readonly string[] | undefined) ?? [];
  const from = Number(fields["Marker"] ?? 0);
  const to = from + 20;
  const results = actions.slice(from, to).map((EvalActionName) => {
    const key = `${EvalActionName} ${resource}`.toLowerCase();
    const decision = simulated.get(key);
    return {
      EvalActionName,
      EvalResourceName: resource,
      EvalDecision: decision ?? "implicitDeny",
      MatchedStatements: decision === undefined ? [] : [named.get(key) ?? FIRST_STATEMENT],
      MissingContextValues: decision === undefined ? ["aws:MultiFactorAuthPresent"] : [],
    };
  });
  const rest = to < actions.length ? { IsTruncated: true, Marker: String(to) } : { IsTruncated: false };
  return { EvaluationResults: results, ...rest };
}

const FIRST_STATEMENT = {
  SourcePolicyId: "PolicyInputList.1",
  SourcePolicyType: "IAM Policy",
  StartPosition: { Line: 1, Column: 39 },
  EndPosition: { Line: 1, Column: 109 },
};

/** Pages count entries of all four lists together, as AWS does. */
function accountDetails({ seen }: StandInState, { MaxItems = 100, Marker = "0" }: Fields): Fields {
  const all = [
    ...seen.UserDetailList.map((it) => [
      "UserDetailList",
      { ...it, UserPolicyList: inline(it.UserPolicyList) },
    ]),
    ...seen.GroupDetailList.map((it) => [
      "GroupDetailList",
      { ...it, GroupPolicyList: inline(it.GroupPolicyList) },
    ]),
    ...seen.RoleDetailList.map(({ Description, MaxSessionDuration, ...it }) => [
      "RoleDetailList",
      {
        ...it,
        AssumeRolePolicyDocument: encodeURIComponent(it.AssumeRolePolicyDocument),
        RolePolicyList: inline(it.RolePolicyList),
      },
    ]),
    ...seen.Policies.map(({ Tags, ...it }) => [
      "Policies",
      {
        ...it,
        PolicyVersionList: it.PolicyVersionList.map((version) => ({
          ...version,
          Document: encodeURIComponent(version.Document),
        })),
      },
    ]),
  ] as const;
  const from = Number(Marker);
  const to = from + Number(MaxItems);
  const page = all.slice(from, to);
  const lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"].map((list) => [
    list,
    page.filter(([name]) => name === list).map(([, detail]) => detail),
  ]);
  const rest = to < all.length ? { IsTruncated: true, Marker: String(to) } : { IsTruncated: false };
  return { ...Object.fromEntries(lists), ...rest };
}

function inline(list: readonly { readonly PolicyName: string; readonly PolicyDocument: string }[]) {
  return list.map((it) => ({ ...it, PolicyDocument: encodeURIComponent(it.PolicyDocument) }));
}

/** The answers to calls that create something show it. */
function created(operation: IamCall["operation"], input: Fields, { now }: StandInState): Fields | undefined {
  const named = (list: readonly Fields[], key: string) => list.find((it) => it[key] === input[key]);
  switch (operation) {
    case "CreateUser":
      return { User: named(now.UserDetailList as unknown as Fields[], "UserName") };
    case "CreateGroup":
      return { Group: named(now.GroupDetailList as unknown as Fields[], "GroupName") };
    case "CreatePolicy":
      return {
        Policy: { ...named(now.Policies as unknown as Fields[], "PolicyName"), PolicyVersionList: undefined },
      };
    default:
      return undefined;
  }
}

/** Forms know texts only. */
function typed(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      if (NUMBERS.has(key)) return [key, Number(value)];
      if (BOOLEANS.has(key)) return [key, value === "true"];
      return [key, value];
    }),
  );
}

export function noSuchAction(operation: string, version = IAM_VERSION): Failure {
  return {
    status: 400,
    code: "InvalidAction",
    message: `Could not find operation ${operation} for version ${version}`,
  };
}
