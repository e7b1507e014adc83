/**
 * How somebody without keys gets some: a token of an identity provider for STS, or of a sign-in for IAM Identity Center.
 * Such requests are not signed. See https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 * and https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html
 */
import type { Answer, Received } from "./wire.js";

export const SIGN_IN_TOKEN = "STAND-IN-SIGN-IN-TOKEN";

/** `undefined` for a request that is none of these. */
export function signInOperation({ service, method, path, body }: Received): string | undefined {
  if (service !== "") return undefined;
  if (method === "GET" && path === "/federation/credentials") return "GetRoleCredentials";
  const operation = new URLSearchParams(body).get("Action");
  return operation === "AssumeRoleWithWebIdentity" ? operation : undefined;
}

export function answerSignIn({ query, headers }: Received): Answer {
  if (headers["x-amz-sso_bearer_token"] !== SIGN_IN_TOKEN) {
    return json(401, { message: "Session token not found or invalid" });
  }
  const roleCredentials = {
    accessKeyId: "ASIASTANDINSIGNIN000",
    secretAccessKey: `SECRET-OF-${query.get("role_name")}`,
    sessionToken: `TOKEN-OF-${query.get("account_id")}`,
    expiration: Date.now() + 3_600_000,
  };
  return json(200, { roleCredentials });
}

function json(status: number, body: unknown): Answer {
  return { status, type: "application/json", body: JSON.stringify(body) };
}
