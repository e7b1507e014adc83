/** A bucket that keeps texts: encrypted, checked on arrival, and only in the account that asks. */
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { TargetError } from "../account/change/target.js";
import type { ObjectStore } from "../account/master-copy.js";
import { type Clients, call } from "./clients.js";
import { readIdentity } from "./sts.js";

export interface ObjectStoreOptions {
  readonly bucket: string;
  /** The KMS key to encrypt with; S3's own keys unless said. */
  readonly kmsKey?: string | undefined;
}

export function objectStore(clients: Clients, { bucket, kmsKey }: ObjectStoreOptions): ObjectStore {
  const encryption =
    kmsKey === undefined
      ? ({ ServerSideEncryption: "AES256" } as const)
      : ({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKey } as const);
  let account: string | undefined;
  /** Says which bucket it is about, which AWS does not always. */
  const named = (error: unknown): unknown => {
    if (!(error instanceof TargetError)) return error;
    const { kind, code, message } = error;
    if (code === "NoSuchBucket") return new TargetError("absent", `There is no bucket \`${bucket}\`.`, code);
    if (kind !== "denied") return error;
    return new TargetError(
      kind,
      `${message} The bucket \`${bucket}\` must belong to account ${account}.`,
      code,
    );
  };
  // A bucket of that name that somebody else owns is not the one that is meant.
  const place = async (Key: string) => {
    account ??= (await readIdentity(clients)).account;
    return { Bucket: bucket, Key, ExpectedBucketOwner: account };
  };
  return {
    put: async (key, text, sha256, options) => {
      const command = new PutObjectCommand({
        ...(await place(key)),
        ...encryption,
        Body: new TextEncoder().encode(text),
        ContentType: "application/json",
        ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
        Metadata: { sha256 },
      });
      const send = (sending: object) => clients.s3.write().send(command, sending);
      try {
        await call(clients, { service: "s3", operation: "PutObject", writes: true, send }, options);
      } catch (error) {
        throw named(error);
      }
    },
    get: async (key, options) => {
      const command = new GetObjectCommand(await place(key));
      const send = async (sending: object) => {
        const { Body } = await clients.s3.read().send(command, sending);
        return await Body?.transformToString("utf-8");
      };
      try {
        return (await call(clients, { service: "s3", operation: "GetObject", send }, options)) ?? "";
      } catch (error) {
        if (error instanceof TargetError && error.code === "NoSuchKey") return undefined;
        throw named(error);
      }
    },
  };
}
