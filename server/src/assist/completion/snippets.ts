/** Whole statements and policies that people write often, with places to fill in. */
import { variableText } from "../../policy/variable.js";
import { ALLOW, CURRENT_VERSION, DENY, type PolicyKind } from "../../policy/words.js";
import type { Json } from "../../syntax/edits.js";
import { stop } from "../snippet-text.js";
import { statementSkeleton } from "./elements.js";
import type { Suggestion } from "./offer.js";
import { accountId, region, type Scope } from "./scope.js";

interface StatementSnippet {
  readonly label: string;
  readonly detail: string;
  /** Empty: all kinds. */
  readonly kinds: readonly PolicyKind[];
  readonly statement: (scope: Scope) => Json;
}

const SNIPPETS: readonly StatementSnippet[] = [
  {
    label: "allow actions",
    detail: "Allow actions on resources",
    kinds: ["identity", "boundary", "session", "unknown"],
    statement: () => ({ Effect: ALLOW, Action: [stop(1)], Resource: stop(2, "*") }),
  },
  {
    label: "deny actions",
    detail: "Deny actions on resources",
    kinds: ["identity", "boundary", "session", "scp", "unknown"],
    statement: () => ({ Effect: DENY, Action: [stop(1)], Resource: stop(2, "*") }),
  },
  {
    label: "read a bucket",
    detail: "List a bucket and read its objects",
    kinds: ["identity", "boundary", "session", "unknown"],
    statement: () => ({
      Effect: ALLOW,
      Action: ["s3:ListBucket", "s3:GetObject"],
      Resource: [`arn:aws:s3:::${stop(1, "bucket-name")}`, `arn:aws:s3:::${stop(1, "bucket-name")}/*`],
    }),
  },
  {
    label: "pass a role",
    detail: "Hand a role to one service",
    kinds: ["identity", "boundary", "session", "unknown"],
    statement: (scope) => ({
      Effect: ALLOW,
      Action: "iam:PassRole",
      Resource: `arn:aws:iam::${stop(1, accountId(scope) ?? "account")}:role/${stop(2, "role-name")}`,
      Condition: { StringEquals: { "iam:PassedToService": stop(3, "lambda.amazonaws.com") } },
    }),
  },
  {
    label: "assume a role",
    detail: "Take on a role",
    kinds: ["identity", "boundary", "session", "unknown"],
    statement: (scope) => ({
      Effect: ALLOW,
      Action: "sts:AssumeRole",
      Resource: `arn:aws:iam::${stop(1, accountId(scope) ?? "account")}:role/${stop(2, "role-name")}`,
    }),
  },
  {
    label: "deny without MFA",
    detail: "Deny everything but signing in until there is a second factor",
    kinds: ["identity", "boundary", "scp", "unknown"],
    statement: () => ({
      Sid: "DenyWithoutMFA",
      Effect: DENY,
      NotAction: [
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:ListMFADevices",
        "sts:GetSessionToken",
      ],
      Resource: "*",
      Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    }),
  },
  {
    label: "deny other regions",
    detail: "Deny what is not asked of a Region; global services excepted",
    kinds: ["identity", "boundary", "scp", "unknown"],
    statement: (scope) => ({
      Sid: "DenyOtherRegions",
      Effect: DENY,
      NotAction: ["iam:*", "organizations:*", "route53:*", "cloudfront:*", "support:*", "sts:*"],
      Resource: "*",
      Condition: { StringNotEquals: { "aws:RequestedRegion": [stop(1, region(scope) ?? "eu-central-1")] } },
    }),
  },
  {
    label: "manage own credentials",
    detail: "Let users manage their own password, keys and MFA device",
    kinds: ["identity", "unknown"],
    statement: () => ({
      Effect: ALLOW,
      Action: ["iam:ChangePassword", "iam:GetUser", "iam:*AccessKey*", "iam:*MFADevice*"],
      Resource: [
        `arn:aws:iam::*:user/${variableText("aws:username")}`,
        `arn:aws:iam::*:mfa/${variableText("aws:username")}`,
      ],
    }),
  },
  {
    label: "deny leaving the organization",
    detail: "Keep accounts from leaving",
    kinds: ["scp"],
    statement: () => ({ Effect: DENY, Action: "organizations:LeaveOrganization", Resource: "*" }),
  },
  {
    label: "deny the root user",
    detail: "Deny what an account's root user asks for",
    kinds: ["scp"],
    statement: () => ({
      Effect: DENY,
      Action: "*",
      Resource: "*",
      Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
    }),
  },
  {
    label: "allow a principal",
    detail: "Give another account, user or role access",
    kinds: ["resource", "endpoint", "unknown"],
    statement: (scope) => ({
      Effect: ALLOW,
      Principal: { AWS: `arn:aws:iam::${stop(1, accountId(scope) ?? "account")}:root` },
      Action: [stop(2)],
      Resource: stop(3),
    }),
  },
  {
    label: "allow a service",
    detail: "Let a service act for one account",
    kinds: ["resource", "unknown"],
    statement: (scope) => ({
      Effect: ALLOW,
      Principal: { Service: stop(1, "sns.amazonaws.com") },
      Action: [stop(2)],
      Resource: stop(3),
      Condition: { StringEquals: { "aws:SourceAccount": stop(4, accountId(scope) ?? "account") } },
    }),
  },
  {
    label: "deny plain HTTP",
    detail: "Deny requests without TLS",
    kinds: ["resource"],
    statement: () => ({
      Sid: "DenyInsecureTransport",
      Effect: DENY,
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${stop(1, "bucket-name")}`, `arn:aws:s3:::${stop(1, "bucket-name")}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  },
  {
    label: "trust a service",
    detail: "Let a service assume the role",
    kinds: ["trust"],
    statement: () => ({
      Effect: ALLOW,
      Principal: { Service: stop(1, "ec2.amazonaws.com") },
      Action: "sts:AssumeRole",
    }),
  },
  {
    label: "trust an account",
    detail: "Let an account assume the role, with an external ID",
    kinds: ["trust"],
    statement: (scope) => ({
      Effect: ALLOW,
      Principal: { AWS: `arn:aws:iam::${stop(1, accountId(scope) ?? "account")}:root` },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": stop(2, "external-id") } },
    }),
  },
  {
    label: "trust GitHub Actions",
    detail: "Let the workflows of a repository assume the role",
    kinds: ["trust"],
    statement: (scope) => ({
      Effect: ALLOW,
      Principal: {
        Federated: `arn:aws:iam::${stop(1, accountId(scope) ?? "account")}:oidc-provider/token.actions.githubusercontent.com`,
      },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": `repo:${stop(2, "owner/repository")}:ref:refs/heads/${stop(3, "main")}`,
        },
      },
    }),
  },
  {
    label: "deny strangers",
    detail: "Deny who is neither of the organization nor a service of AWS",
    kinds: ["rcp"],
    statement: () => ({
      Effect: DENY,
      Principal: "*",
      Action: [stop(1, "s3:*")],
      Resource: "*",
      Condition: {
        StringNotEqualsIfExists: { "aws:PrincipalOrgID": stop(2, "o-exampleorgid") },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    }),
  },
];

/** @param listed among other statements; alone, a list is made of it */
export function statementSnippets(scope: Scope, listed: boolean): readonly Suggestion[] {
  const { kind, kindCertain } = scope;
  return SNIPPETS.filter(({ kinds }) => kinds.includes(kind) || !kindCertain).map(
    ({ label, detail, kinds, statement }, index) => {
      const value = statement(scope);
      return {
        label,
        type: "snippet",
        detail,
        insert: { value: listed ? value : [value] },
        about: { what: "text", text: detail },
        score: (kinds.includes(kind) ? 20 : 0) - index,
      };
    },
  );
}

/** For a text with nothing in it. */
export function documentSnippets(scope: Scope): readonly Suggestion[] {
  const skeleton: Json = { Version: CURRENT_VERSION, Statement: [statementSkeleton(scope)] };
  const whole: Suggestion = {
    label: "policy",
    type: "snippet",
    detail: "A policy with one statement",
    insert: { value: skeleton },
    score: 100,
  };
  const others = statementSnippets(scope, true).map((it): Suggestion => {
    const statement = it.insert !== undefined && "value" in it.insert ? it.insert.value : {};
    return {
      ...it,
      label: `policy: ${it.label}`,
      insert: { value: { Version: CURRENT_VERSION, Statement: [statement] } },
    };
  });
  return [whole, ...others];
}
