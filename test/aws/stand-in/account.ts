/** A small account with one of everything, for tests that ask about one. */
import type { Snapshot } from "../../../server/src/account/change/snapshot-shape.js";
import { ACCOUNT_ID } from "./state.js";

const arn = (rest: string) => `arn:aws:iam::${ACCOUNT_ID}:${rest}`;
const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: string | readonly string[], Resource: string) => ({
  Effect: "Allow",
  Action,
  Resource,
});

const AWS_POLICY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
// biome-ignore lint/suspicious/noTemplateCurlyInString: this is a policy variable.
const HOME = "arn:aws:s3:::home/${aws:username}/*";
const CREATED = "2026-01-02T03:04:05.000Z";

export const ACCOUNT: Snapshot = {
  UserDetailList: [
    {
      Path: "/",
      Arn: arn("user/ana"),
      CreateDate: CREATED,
      AttachedManagedPolicies: [],
      UserName: "ana",
      UserId: "AIDACKCEVSQ6C2EXAMPLE",
      UserPolicyList: [
        {
          PolicyName: "own",
          PolicyDocument: policy(allow("s3:PutObject", HOME)),
        },
      ],
      GroupList: ["readers"],
      Tags: [{ Key: "team", Value: "data & co" }],
    },
  ],
  GroupDetailList: [
    {
      Path: "/team/",
      Arn: arn("group/team/readers"),
      CreateDate: CREATED,
      AttachedManagedPolicies: [{ PolicyName: "read", PolicyArn: arn("policy/team/read") }],
      GroupName: "readers",
      GroupId: "AGPACKCEVSQ6C2EXAMPLE",
      GroupPolicyList: [],
    },
  ],
  RoleDetailList: [
    {
      Path: "/",
      Arn: arn("role/app"),
      CreateDate: CREATED,
      AttachedManagedPolicies: [{ PolicyName: "ReadOnlyAccess", PolicyArn: AWS_POLICY }],
      RoleName: "app",
      RoleId: "AROACKCEVSQ6C2EXAMPLE",
      AssumeRolePolicyDocument: policy({
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      RolePolicyList: [],
      InstanceProfileList: [{ InstanceProfileName: "app", Arn: arn("instance-profile/machines/app") }],
      PermissionsBoundary: {
        PermissionsBoundaryType: "Policy",
        PermissionsBoundaryArn: arn("policy/team/read"),
      },
      Tags: [],
      Description: "Runs the nightly job",
      MaxSessionDuration: 3600,
    },
  ],
  InstanceProfiles: [
    {
      InstanceProfileName: "app",
      Arn: arn("instance-profile/machines/app"),
      Roles: [{ RoleName: "app" }],
    },
    { InstanceProfileName: "spare", Arn: arn("instance-profile/spare"), Roles: [] },
  ],
  Policies: [
    {
      PolicyName: "read",
      PolicyId: "ANPACKCEVSQ6C2EXAMPLE",
      Arn: arn("policy/team/read"),
      Path: "/team/",
      DefaultVersionId: "v2",
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 1,
      IsAttachable: true,
      CreateDate: CREATED,
      UpdateDate: CREATED,
      PolicyVersionList: [
        {
          VersionId: "v2",
          IsDefaultVersion: true,
          Document: policy(allow("s3:GetObject", "*")),
          CreateDate: CREATED,
        },
        {
          VersionId: "v1",
          IsDefaultVersion: false,
          Document: policy(allow("s3:*", "*")),
          CreateDate: CREATED,
        },
      ],
      Tags: [{ Key: "owner", Value: "data" }],
    },
    {
      PolicyName: "ReadOnlyAccess",
      PolicyId: "ANPAILL3HVNFSB6DCOWYQ",
      Arn: AWS_POLICY,
      Path: "/",
      DefaultVersionId: "v1",
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: CREATED,
      UpdateDate: CREATED,
      PolicyVersionList: [
        {
          VersionId: "v1",
          IsDefaultVersion: true,
          Document: policy(allow(["s3:Get*", "s3:List*"], "*")),
          CreateDate: CREATED,
        },
      ],
    },
  ],
  AccountPublicAccessBlock: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  },
  BucketPolicies: {
    logs: policy({
      Sid: "OnlyTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
    source: null,
  },
  PublicAccessBlocks: {
    logs: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
  },
};
