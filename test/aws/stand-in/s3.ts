/** S3's REST API with the bucket in the path, over the same account: buckets, their policies and blocks, objects. */
import { createHash } from "node:crypto";
import type { StandInState } from "./state.js";
import { type Answer, failed, type Received, xml } from "./wire.js";

export interface StoredObject {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** S3 has an API of its own for what belongs to the account. */
const ACCOUNT_BLOCK = "/v20180820/configuration/publicAccessBlock";

/** The operation that a request means; that of the account has the name that its permission has. */
export function s3Operation({ method, path, query, headers }: Received): string {
  const [bucket = "", ...key] = path.slice(1).split("/");
  if (path === ACCOUNT_BLOCK) return "GetAccountPublicAccessBlock";
  if (bucket === "") return "ListBuckets";
  const verb = { GET: "Get", PUT: "Put", DELETE: "Delete", HEAD: "Head" }[method] ?? method;
  if (key.join("/") !== "")
    return headers["x-amz-copy-source"] === undefined ? `${verb}Object` : "CopyObject";
  if (query.has("policy")) return `${verb}BucketPolicy`;
  if (query.has("publicAccessBlock")) return `${verb}PublicAccessBlock`;
  if (method === "GET") return "ListObjectsV2";
  return method === "PUT" ? "CreateBucket" : `${verb}Bucket`;
}

export function answerS3(
  request: Received,
  operation: string,
  state: StandInState,
  objects: Map<string, StoredObject>,
): Answer {
  const [bucket = "", ...rest] = request.path.slice(1).split("/");
  const key = rest.join("/");
  const buckets = state.seen.BucketPolicies ?? {};
  if (operation === "ListBuckets") {
    const names = Object.keys(buckets).sort();
    const size = Number(request.query.get("max-buckets") ?? 10_000);
    const from = Number(request.query.get("continuation-token") ?? 0);
    const page = names.slice(from, from + size);
    return ok({
      ListAllMyBucketsResult: {
        Buckets: page.map((Name) => ({ Name, CreationDate: "2026-01-01T00:00:00.000Z" })),
        Owner: { ID: "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a" },
        ...(from + size < names.length ? { ContinuationToken: String(from + size) } : {}),
      },
    });
  }
  if (operation === "GetAccountPublicAccessBlock") {
    const block = state.seen.AccountPublicAccessBlock;
    if (request.headers["x-amz-account-id"] !== state.accountId)
      return s3Failed(403, "AccessDenied", "Access Denied");
    return block === undefined ? noBlock() : ok({ PublicAccessBlockConfiguration: block });
  }
  if (operation === "CreateBucket") {
    if (bucket in buckets)
      return s3Failed(409, "BucketAlreadyOwnedByYou", "Your previous request succeeded.");
    state.now = { ...state.now, BucketPolicies: { ...state.now.BucketPolicies, [bucket]: null } };
    return { status: 200, type: "application/xml", body: "", headers: { location: `/${bucket}` } };
  }
  if (!(bucket in buckets)) return s3Failed(404, "NoSuchBucket", "The specified bucket does not exist");
  const home = state.bucketRegions.get(bucket);
  if (home !== undefined && home !== request.region) {
    return {
      ...s3Failed(
        301,
        "PermanentRedirect",
        "The bucket you are attempting to access must be addressed using the specified endpoint.",
      ),
      headers: { "x-amz-bucket-region": home },
    };
  }
  switch (operation) {
    case "GetBucketPolicy": {
      const policy = buckets[bucket];
      if (policy === null || policy === undefined)
        return s3Failed(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
      return { status: 200, type: "application/json", body: policy };
    }
    case "PutBucketPolicy":
      return performed(state, { service: "s3", operation, input: { Bucket: bucket, Policy: request.body } });
    case "DeleteBucketPolicy":
      return performed(state, { service: "s3", operation, input: { Bucket: bucket } });
    case "GetPublicAccessBlock": {
      const block = state.seen.PublicAccessBlocks?.[bucket];
      return block === undefined ? noBlock() : ok({ PublicAccessBlockConfiguration: block });
    }
    case "PutObject": {
      const stored = objects.get(`${bucket}/${key}`);
      if (request.headers["if-none-match"] === "*" && stored !== undefined)
        return s3Failed(
          412,
          "PreconditionFailed",
          "At least one of the pre-conditions you specified did not hold",
        );
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(
          ([name, value]) =>
            typeof value === "string" && /^x-amz-(?:meta-|server-side)|^content-type$/.test(name),
        ),
      ) as Record<string, string>;
      objects.set(`${bucket}/${key}`, { body: request.body, headers });
      return {
        status: 200,
        type: "application/xml",
        body: "",
        headers: { etag: etag(request.body), ...encryption(headers) },
      };
    }
    case "GetObject": {
      const stored = objects.get(`${bucket}/${key}`);
      if (stored === undefined) return s3Failed(404, "NoSuchKey", "The specified key does not exist.");
      return {
        status: 200,
        type: "application/octet-stream",
        body: stored.body,
        headers: { etag: etag(stored.body), ...stored.headers },
      };
    }
    default:
      return s3Failed(501, "NotImplemented", `A header or query you provided implies ${operation}.`);
  }
}

function performed(state: StandInState, call: Parameters<StandInState["perform"]>[0]): Answer {
  const problem = state.perform(call);
  return problem === undefined ? { status: 204, type: "application/xml", body: "" } : failed("s3", problem);
}

function noBlock(): Answer {
  const message = "The public access block configuration was not found";
  return s3Failed(404, "NoSuchPublicAccessBlockConfiguration", message);
}

function encryption(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("x-amz-server-side")));
}

function etag(body: string): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}

function ok(document: Readonly<Record<string, unknown>>): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>${xml(document, "Bucket")}`;
  return { status: 200, type: "application/xml", body };
}

function s3Failed(status: number, code: string, message: string): Answer {
  return failed("s3", { status, code, message });
}
