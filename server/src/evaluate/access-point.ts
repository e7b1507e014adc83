/**
 * A request through an S3 access point: the access point and the bucket behind it both have to permit it, so it is
 * weighed as two requests. Access points of S3 on Outposts and of Object Lambda are not told apart from plain resources.
 * See https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
import { parseArn } from "../policy/arn.js";
import type { EvaluationRequest } from "./request.js";

export interface AccessPoint {
  /** Without the object. */
  readonly arn: string;
  readonly partition: string;
  readonly account: string;
  /** The key of the object, where the request is about one. */
  readonly object: string | undefined;
}

/** `undefined` for any other resource. */
export function readAccessPoint(resource: string): AccessPoint | undefined {
  const arn = parseArn(resource);
  if (arn?.service !== "s3") return undefined;
  const [, name, object] = /^accesspoint\/([^/]+)(?:\/object\/(.+))?$/s.exec(arn.resource) ?? [];
  if (name === undefined) return undefined;
  const { partition, account } = arn;
  return {
    arn: `arn:${partition}:s3:${arn.region}:${account}:accesspoint/${name}`,
    partition,
    account,
    object,
  };
}

/** What AWS weighs: the request itself, or the one at the access point and the one at the bucket. */
export function requestsOf(request: EvaluationRequest): readonly EvaluationRequest[] {
  const { bucket, policies } = request;
  const point = bucket === undefined ? undefined : readAccessPoint(request.resource);
  if (point === undefined) return [request];
  const context = {
    "s3:DataAccessPointArn": point.arn,
    "s3:DataAccessPointAccount": point.account,
    ...request.context,
  };
  const inBucket = point.object === undefined ? "" : `/${point.object}`;
  return [
    {
      ...request,
      bucket: undefined,
      resourceAccount: point.account,
      context,
      policies: { ...policies, resource: policies.accessPoint },
    },
    {
      ...request,
      bucket: undefined,
      resource: `arn:${point.partition}:s3:::${bucket}${inBucket}`,
      resourceAccount: request.resourceAccount ?? point.account,
      context,
    },
  ];
}
