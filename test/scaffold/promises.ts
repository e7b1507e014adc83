/**
 * What templates promise and access tests cannot ask: about principals of other accounts, calls of services, and policies
 * that only show beside others. Example values throughout.
 */
import { simulate } from "../../server/src/evaluate/simulate.js";
import { realCatalogue } from "../catalogue/real.js";
import type { Folder } from "./site.js";

interface Promised {
  readonly title: string;
  readonly expected: "allowed" | "explicitDeny" | "implicitDeny";
  /** In the form of `iam-policy simulate --request`; policies are named by their files. */
  readonly request: Request;
}

interface Request {
  readonly principal: string | { readonly service: string };
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly identity?: readonly (string | object)[];
  readonly boundary?: string;
  readonly resourcePolicy?: string | object;
  readonly scp?: string;
  readonly rcp?: string;
}

const ACCOUNT = "111122223333";
const USER = `arn:aws:iam::${ACCOUNT}:user/ana`;
const everything = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};
const open = (resource: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: resource }],
});

const OBJECT = "arn:aws:s3:::one-handed-over/report.csv";
const handedOver = { resource: OBJECT, resourcePolicy: "policies/one-handed-over-bucket-policy.json" };
const theirs = { principal: "arn:aws:iam::444455556666:user/eve", identity: [everything] };

const partner = {
  action: "sts:AssumeRole",
  resource: `arn:aws:iam::${ACCOUNT}:role/partner-read`,
  resourcePolicy: "policies/partner-read-trust.json",
};
const external = { "sts:ExternalId": "a1b2c3d4-5678-90ab-cdef-example11111" };

const bounded = (files: Pick<Request, "identity" | "boundary">, boundary: string) => ({
  ...files,
  principal: USER,
  action: "iam:CreateRole",
  resource: `arn:aws:iam::${ACCOUNT}:role/workloads/report`,
  context: { "iam:PermissionsBoundary": boundary },
});
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundaries/workload_boundary`;
const limit = { identity: [everything], boundary: "policies/workload_boundary-boundary.json" };
const grant = { identity: ["policies/make_workload_roles.json"] };
const pass = (service: string) => ({
  principal: USER,
  action: "iam:PassRole",
  resource: `arn:aws:iam::${ACCOUNT}:role/workloads/report`,
  context: { "iam:PassedToService": service },
});

const perimeter = {
  rcp: "rcps/rcp-organization-perimeter.json",
  resource: "arn:aws:s3:::logs/today",
  resourcePolicy: open("arn:aws:s3:::logs/*"),
};
const service = (context: Readonly<Record<string, string>>) => ({
  ...perimeter,
  principal: { service: "logging.s3.amazonaws.com" },
  action: "s3:PutObject",
  context: { "aws:PrincipalIsAWSService": "true", ...context },
});
const trails = {
  scp: "scps/scp-protect-cloudtrail.json",
  action: "cloudtrail:StopLogging",
  resource: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/all`,
  identity: [everything],
};
const listing = (bucket: string, prefix: string) => ({
  principal: `arn:aws:iam::${ACCOUNT}:user/analyst-one`,
  action: "s3:ListBucket",
  resource: `arn:aws:s3:::${bucket}`,
  resourcePolicy: `policies/${bucket}-bucket-policy.json`,
  context: { "s3:prefix": prefix },
});
const upload = {
  principal: `arn:aws:iam::${ACCOUNT}:user/analyst-one`,
  action: "s3:PutObject",
  resource: "arn:aws:s3:::one-projects/palmer_penguins/model.bin",
  identity: ["policies/analyst_access.json"],
  resourcePolicy: open("arn:aws:s3:::one-projects/*"),
};

export const PROMISES: Readonly<Record<string, readonly Promised[]>> = {
  "analyst-group": [
    { title: "uploads where a bucket lets them", expected: "allowed", request: upload },
    {
      title: "never with a key that only the sender has",
      expected: "explicitDeny",
      request: { ...upload, context: { "s3:x-amz-server-side-encryption-customer-algorithm": "AES256" } },
    },
  ],
  "bucket-cross-account-read": [
    {
      title: "the other account reads",
      expected: "allowed",
      request: { ...theirs, ...handedOver, action: "s3:GetObject" },
    },
    {
      title: "and lists",
      expected: "allowed",
      request: {
        ...theirs,
        ...handedOver,
        action: "s3:ListBucket",
        resource: "arn:aws:s3:::one-handed-over",
      },
    },
    {
      title: "and writes nothing",
      expected: "implicitDeny",
      request: { ...theirs, ...handedOver, action: "s3:PutObject" },
    },
    {
      title: "a third account does not read",
      expected: "implicitDeny",
      request: {
        ...theirs,
        principal: "arn:aws:iam::777788889999:user/eve",
        ...handedOver,
        action: "s3:GetObject",
      },
    },
  ],
  "bucket-encryption": [
    {
      title: "a service that the policy would let in is not kept out",
      expected: "implicitDeny",
      request: {
        principal: { service: "logging.s3.amazonaws.com" },
        action: "s3:PutObject",
        resource: "arn:aws:s3:::one-encrypted/logs/today",
        context: { "aws:PrincipalIsAWSService": "true" },
        resourcePolicy: "policies/one-encrypted-bucket-policy.json",
      },
    },
  ],
  "bucket-vpc-endpoint": [
    {
      title: "a service that the policy would let in is not kept out",
      expected: "implicitDeny",
      request: {
        principal: { service: "logging.s3.amazonaws.com" },
        action: "s3:PutObject",
        resource: "arn:aws:s3:::one-private/logs/today",
        context: { "aws:PrincipalIsAWSService": "true" },
        resourcePolicy: "policies/one-private-bucket-policy.json",
      },
    },
  ],
  "cross-account-role": [
    {
      title: "the partner assumes it",
      expected: "allowed",
      request: { ...theirs, ...partner, context: external },
    },
    { title: "never without the external id", expected: "implicitDeny", request: { ...theirs, ...partner } },
    {
      title: "nor does another account that knows it",
      expected: "implicitDeny",
      request: { ...theirs, principal: "arn:aws:iam::777788889999:user/eve", ...partner, context: external },
    },
  ],
  "mfa-role": [
    {
      title: "the role creates no users, whatever else it is given",
      expected: "explicitDeny",
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/operations`,
        action: "iam:CreateUser",
        resource: `arn:aws:iam::${ACCOUNT}:user/new`,
        identity: [everything, "policies/deny_user_creation.json"],
      },
    },
  ],
  "permission-set": [
    {
      title: "what the script makes starts instances",
      expected: "allowed",
      request: {
        principal: USER,
        action: "ec2:RunInstances",
        resource: "*",
        identity: [everything],
        boundary: "policies/boto3_boundary.json",
      },
    },
    {
      title: "and never becomes an administrator",
      expected: "implicitDeny",
      request: {
        principal: USER,
        action: "iam:CreateUser",
        resource: "*",
        identity: [everything],
        boundary: "policies/boto3_boundary.json",
      },
    },
  ],
  "permissions-boundary": [
    {
      title: "the boundary lets roles with it be made",
      expected: "allowed",
      request: bounded(limit, BOUNDARY),
    },
    {
      title: "and no others, whatever else somebody has",
      expected: "implicitDeny",
      request: bounded(limit, "arn:aws:iam::aws:policy/AdministratorAccess"),
    },
    { title: "the group makes roles with it", expected: "allowed", request: bounded(grant, BOUNDARY) },
    {
      title: "and no others, boundary or not",
      expected: "implicitDeny",
      request: bounded(grant, "arn:aws:iam::aws:policy/AdministratorAccess"),
    },
    {
      title: "the boundary lets roles be passed to Lambda",
      expected: "allowed",
      request: { ...limit, ...pass("lambda.amazonaws.com") },
    },
    {
      title: "and to nothing else",
      expected: "implicitDeny",
      request: { ...limit, ...pass("ec2.amazonaws.com") },
    },
    {
      title: "the group passes roles to Lambda",
      expected: "allowed",
      request: { ...grant, ...pass("lambda.amazonaws.com") },
    },
    {
      title: "the group passes them to nothing else",
      expected: "implicitDeny",
      request: { ...grant, ...pass("ec2.amazonaws.com") },
    },
  ],
  "projects-bucket": [
    {
      title: "members list no other folder",
      expected: "implicitDeny",
      request: listing("one-projects", "nlp_classification/"),
    },
  ],
  "rcp-organization-perimeter": [
    {
      title: "services that work for us get in",
      expected: "allowed",
      request: service({ "aws:SourceAccount": ACCOUNT, "aws:SourceOrgID": "o-a1b2c3d4e5" }),
    },
    {
      title: "those that work for somebody else do not",
      expected: "explicitDeny",
      request: service({ "aws:SourceAccount": "444455556666", "aws:SourceOrgID": "o-somebodyelse" }),
    },
    {
      title: "services that work for nobody in particular get in",
      expected: "allowed",
      request: service({}),
    },
    {
      title: "principals of the organisation get in on behalf of anybody",
      expected: "allowed",
      request: {
        ...perimeter,
        principal: USER,
        action: "s3:GetObject",
        context: {
          "aws:PrincipalOrgID": "o-a1b2c3d4e5",
          "aws:PrincipalIsAWSService": "false",
          "aws:SourceAccount": "444455556666",
        },
      },
    },
  ],
  "scp-deny-root": [
    {
      title: "users and roles go on",
      expected: "allowed",
      request: {
        principal: USER,
        action: "s3:ListAllMyBuckets",
        resource: "*",
        identity: [everything],
        scp: "scps/scp-deny-root.json",
      },
    },
  ],
  "scp-protect-cloudtrail": [
    {
      title: "the one role stops trails",
      expected: "allowed",
      request: { ...trails, principal: `arn:aws:iam::${ACCOUNT}:role/AuditAdministrator` },
    },
    {
      title: "no other role does",
      expected: "explicitDeny",
      request: { ...trails, principal: `arn:aws:iam::${ACCOUNT}:role/administrator` },
    },
  ],
  "source-bucket": [
    {
      title: "readers list no other folder",
      expected: "implicitDeny",
      request: listing("one-source", "landing_zone/"),
    },
  ],
};

/** The promises of a template that its policies in the folder do not keep. */
export function brokenPromises(name: string, folder: Folder): readonly string[] {
  return (PROMISES[name] ?? []).flatMap(({ title, expected, request }) => {
    const result = simulate(simulation(request, folder), realCatalogue());
    const found = result.ok ? result.answer.decision : JSON.stringify(result.errors);
    return found === expected ? [] : [`${title}: ${found}`];
  });
}

function simulation(request: Request, folder: Folder): object {
  const named = (it: string | object) => ({
    name: typeof it === "string" ? it : "beside",
    document: typeof it === "string" ? JSON.parse(folder.get(it) ?? "null") : it,
  });
  const full = { name: "FullAWSAccess", document: everything };
  const {
    principal,
    action,
    resource,
    context = {},
    identity = [],
    boundary,
    resourcePolicy,
    scp,
    rcp,
  } = request;
  return {
    principal,
    action,
    resource,
    resourceAccount: ACCOUNT,
    context,
    policies: {
      identity: identity.map(named),
      ...(boundary !== undefined && { boundary: [named(boundary)] }),
      ...(resourcePolicy !== undefined && { resource: named(resourcePolicy).document }),
      ...(scp !== undefined && { scp: [{ id: "root", policies: [full, named(scp)] }] }),
      ...(rcp !== undefined && { rcp: [{ id: "root", policies: [named(rcp)] }] }),
    },
  };
}
