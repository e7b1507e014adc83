/** A connection with AWS of which a test gives the parts that it needs; whatever else is asked fails. */
import { TargetError } from "../../server/src/account/change/target.js";
import type { AwsConnection } from "../../server/src/workspace/aws-connection.js";

export function fakeConnection(given: Partial<AwsConnection>): AwsConnection {
  const refuse = () => Promise.reject(new TargetError("denied", "This is not asked here."));
  const nothing = new Proxy({}, { get: () => refuse });
  return new Proxy(given, {
    get: (target, key) =>
      Reflect.get({ name: "AWS", region: "us-east-1", close: () => undefined, ...target }, key) ??
      (key === "profile" || key === "then" ? undefined : nothing),
  }) as AwsConnection;
}
