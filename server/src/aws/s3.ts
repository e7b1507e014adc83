/** S3: buckets with their policies and public access blocks, and the calls of a plan that change them. */
import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  type GetPublicAccessBlockCommandOutput,
  ListBucketsCommand,
  type ListBucketsCommandOutput,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import type { S3Call } from "../account/change/api-call.js";
import type { PublicAccessBlock, Snapshot } from "../account/change/snapshot-shape.js";
import { type CallOptions, TargetError } from "../account/change/target.js";
import { eachAtOnce } from "./at-once.js";
import { type Clients, call } from "./clients.js";
import type { ReadOptions } from "./iam.js";

type Buckets = Pick<Snapshot, "BucketPolicies" | "PublicAccessBlocks" | "UnreadableBuckets">;

/** A bucket that may not be read is named with the reason, and does not keep the others from being read. */
export async function readBuckets(clients: Clients, options: ReadOptions): Promise<Buckets> {
  let names: readonly string[];
  try {
    names = await listBuckets(clients, options);
  } catch (error) {
    if (error instanceof TargetError && error.kind === "denied")
      return { UnreadableBuckets: { "*": error.message } };
    throw error;
  }
  const policies = new Map<string, string | null>();
  const blocks = new Map<string, PublicAccessBlock>();
  const unreadable = new Map<string, string>();
  let done = 0;
  await eachAtOnce(names, async (bucket) => {
    try {
      policies.set(bucket, (await bucketPolicy(clients, bucket, options)) ?? null);
      const block = await publicAccessBlock(clients, bucket, options);
      if (block !== undefined) blocks.set(bucket, block);
    } catch (error) {
      if (!(error instanceof TargetError) || error.kind === "cancelled" || error.kind === "credentials")
        throw error;
      // It may have been deleted meanwhile.
      if (error.code !== "NoSuchBucket") unreadable.set(bucket, error.message);
    }
    options.progress?.(++done, "buckets");
  });
  return {
    BucketPolicies: sorted(policies),
    PublicAccessBlocks: sorted(blocks),
    ...(unreadable.size === 0 ? {} : { UnreadableBuckets: sorted(unreadable) }),
  };
}

/** Makes one call, once. */
export async function performS3(clients: Clients, request: S3Call, options: CallOptions): Promise<void> {
  const client = clients.s3.write();
  const { operation } = request;
  await call(
    clients,
    {
      service: "s3",
      operation,
      writes: true,
      send: async (sending) => {
        if (request.operation === "PutBucketPolicy")
          await client.send(new PutBucketPolicyCommand(request.input), sending);
        else await client.send(new DeleteBucketPolicyCommand(request.input), sending);
      },
    },
    options,
  );
}

async function listBuckets(clients: Clients, options: CallOptions): Promise<readonly string[]> {
  const names: string[] = [];
  let token: string | undefined;
  do {
    const page: ListBucketsCommandOutput = await call(
      clients,
      {
        service: "s3",
        operation: "ListBuckets",
        send: (sending) =>
          clients.s3.read().send(
            new ListBucketsCommand({
              MaxBuckets: 1000,
              ...(token === undefined ? {} : { ContinuationToken: token }),
            }),
            sending,
          ),
      },
      options,
    );
    names.push(...(page.Buckets ?? []).flatMap(({ Name }) => Name ?? []));
    token = page.ContinuationToken;
  } while (token !== undefined && token !== "");
  return names;
}

async function bucketPolicy(
  clients: Clients,
  Bucket: string,
  options: CallOptions,
): Promise<string | undefined> {
  return unlessAbsent("NoSuchBucketPolicy", async () => {
    const send = (sending: object) => clients.s3.read().send(new GetBucketPolicyCommand({ Bucket }), sending);
    return (await call(clients, { service: "s3", operation: "GetBucketPolicy", send }, options)).Policy;
  });
}

/** `undefined` where none is set, too. */
function publicAccessBlock(
  clients: Clients,
  Bucket: string,
  options: CallOptions,
): Promise<PublicAccessBlock | undefined> {
  const send = (sending: object) =>
    clients.s3.read().send(new GetPublicAccessBlockCommand({ Bucket }), sending);
  return readBlock(clients, send, undefined, options);
}

/**
 * `undefined` where it may not be read: then nothing is claimed about it.
 * @param none what it is where none is set
 */
export async function readBlock(
  clients: Clients,
  send: (options: object) => Promise<GetPublicAccessBlockCommandOutput>,
  none: PublicAccessBlock | undefined,
  options: CallOptions,
): Promise<PublicAccessBlock | undefined> {
  const read = async () => {
    const operation = "GetPublicAccessBlock";
    return (await call(clients, { service: "s3", operation, send }, options)).PublicAccessBlockConfiguration;
  };
  try {
    const found = await unlessAbsent("NoSuchPublicAccessBlockConfiguration", read);
    if (found === undefined) return none;
    return {
      BlockPublicAcls: found.BlockPublicAcls ?? false,
      IgnorePublicAcls: found.IgnorePublicAcls ?? false,
      BlockPublicPolicy: found.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: found.RestrictPublicBuckets ?? false,
    };
  } catch (error) {
    if (error instanceof TargetError && (error.kind === "denied" || error.kind === "invalid"))
      return undefined;
    throw error;
  }
}

async function unlessAbsent<T>(code: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TargetError && error.code === code) return undefined;
    throw error;
  }
}

function sorted<T>(map: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
