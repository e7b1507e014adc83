/**
 * What the SDK throws, in our words: one kind that says what to do about it, one message for the user. It goes by codes
 * and states; of AWS's sentences only what names an action is shown, for some of them hold tokens or policies.
 */
import { TargetError, type TargetErrorKind } from "../account/change/target.js";
import type { Session } from "./session.js";

export interface Attempt {
  /** As AWS names it, such as `AttachUserPolicy`. */
  readonly operation: string;
  readonly service: string;
  /** A call that changes nothing may always be tried again. */
  readonly writes: boolean;
  /** AWS charges for it: trying again may cost twice. */
  readonly paid?: boolean;
}

/** @param error anything that `send` rejected with */
export function toTargetError(error: unknown, attempt: Attempt, session: Session): TargetError {
  if (error instanceof TargetError) return error;
  const seen = look(error);
  const kind = kindOf(seen, attempt);
  const message = session.redact(messageOf(kind, seen, attempt, session));
  return new TargetError(kind, message, seen.code);
}

/** What can be told about an error without trusting its sentences. */
interface Seen {
  /** The name of AWS's error, or of the SDK's. */
  readonly code: string | undefined;
  /** The reason of the operating system, such as `ECONNREFUSED`. */
  readonly system: string | undefined;
  /** Of the answer, where there was one. */
  readonly status: number | undefined;
  readonly message: string;
  readonly requestId: string | undefined;
  /** The answer was no answer of AWS, such as a web page. */
  readonly foreign: boolean;
}

function look(error: unknown): Seen {
  const it = typeof error === "object" && error !== null ? (error as Record<string, unknown>) : {};
  const metadata = (it["$metadata"] ?? {}) as { httpStatusCode?: number; requestId?: string };
  const response = it["$response"] as { statusCode?: number } | undefined;
  const cause = (it["cause"] ?? {}) as Record<string, unknown>;
  const name = text(it["name"]);
  const status = metadata.httpStatusCode ?? response?.statusCode;
  return {
    code: text(it["Code"]) ?? name,
    system: text(it["code"]) ?? text(cause["code"]),
    status,
    message: text(it["message"]) ?? "",
    requestId: metadata.requestId,
    foreign:
      status !== undefined && (it["$fault"] === undefined || name === "SyntaxError" || isUnnamed(name)),
  };
}

/** What the SDK calls an answer whose error it cannot read. */
function isUnnamed(name: string | undefined): boolean {
  return name === undefined || /^(?:Error|Unknown|UnknownError|\d+)$/.test(name);
}

const BY_CODE: Readonly<Record<TargetErrorKind, RegExp>> = {
  throttled:
    /^(?:Throttl\w*|RequestThrottled\w*|TooManyRequests\w*|SlowDown|RequestLimitExceeded|BandwidthLimitExceeded|PriorRequestNotComplete|EC2ThrottledException|ProvisionedThroughputExceededException|TransactionInProgressException)$/,
  credentials:
    /^(?:ExpiredToken\w*|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient\w*|SignatureDoesNotMatch|InvalidSignature\w*|MissingAuthenticationToken\w*|IncompleteSignature\w*|InvalidToken|TokenRefreshRequired|AuthFailure|RequestExpired|RequestTimeTooSkewed|RequestInTheFuture|CredentialsProviderError|TokenProviderError|OptInRequired|InvalidIdentityToken\w*)$/,
  denied:
    /^(?:AccessDenied\w*|UnauthorizedOperation|AllAccessDisabled|NotAuthorized|UnmodifiableEntity\w*|Forbidden)$/,
  absent: /^(?:NoSuch\w*|ResourceNotFound\w*|NotFound)$/,
  exists: /^(?:EntityAlreadyExists\w*|BucketAlreadyExists|BucketAlreadyOwnedByYou)$/,
  conflict:
    /^(?:DeleteConflict\w*|EntityTemporarilyUnmodifiable\w*|ConcurrentModification\w*|OperationAborted|ConditionalRequestConflict|PreconditionFailed|Conflict\w*|PolicyEvaluation\w*)$/,
  limit: /^(?:LimitExceeded\w*|ServiceQuotaExceeded\w*|PolicySizeExceeded|PolicyTooLarge\w*)$/,
  unavailable: /^(?:ServiceUnavailable\w*|ServiceNotAvailable\w*)$/,
  unknown: /^(?:ServiceFailure\w*|InternalFailure\w*|InternalError\w*|InternalServer\w*|RequestTimeout\w*)$/,
  cancelled: /^AbortError$/,
  invalid:
    /^(?:MalformedPolicy\w*|Validation\w*|Invalid\w*|PolicyNotAttachable\w*|UnprocessableEntity\w*|MethodNotAllowed|NotImplemented|UnsupportedOperation\w*)$/,
};

/** The request was never sent. */
const NEVER_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_NODATA|EHOSTUNREACH|ENETUNREACH|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_TLS_\w+)$/;
/** The request went out, and no whole answer came back. */
const CUT_OFF = /^(?:ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET)$/;

function kindOf(
  { code, system, status, foreign, message }: Seen,
  { writes, paid }: Attempt,
): TargetErrorKind {
  const lost = writes || paid ? "unknown" : "unavailable";
  if (code !== undefined && !foreign) {
    for (const [kind, pattern] of Object.entries(BY_CODE))
      if (pattern.test(code)) return kind === "unknown" ? lost : (kind as TargetErrorKind);
  }
  if (system !== undefined && NEVER_SENT.test(system)) return "unavailable";
  if (code === "TimeoutError")
    return system === undefined && /establish a connection/.test(message) ? "unavailable" : lost;
  if (system !== undefined && CUT_OFF.test(system)) return lost;
  if (status === undefined) return lost;
  if (status === 429) return "throttled";
  if (status === 503) return "unavailable";
  if (status >= 500) return lost;
  // A whole answer that cannot be read says nothing about what was done.
  if (status < 400) return lost;
  return "invalid";
}

function messageOf(
  kind: TargetErrorKind,
  seen: Seen,
  { operation, service, paid }: Attempt,
  session: Session,
): string {
  const { system, status, foreign } = seen;
  // What the SDK calls an answer that it cannot read says nothing.
  const code = foreign ? undefined : seen.code;
  const what = `\`${operation}\``;
  const endpoint = session.endpoint(ENDPOINTS[service] ?? "IAM");
  if (kind === "credentials") return credentialsMessage(code, session);
  const carriedOut = `It may have been carried out${paid ? ", and charged for" : ""}.`;
  if (kind === "cancelled") return `${what} was cancelled.${paid ? ` ${carriedOut}` : ""}`;
  // AWS's own gateways answer with web pages too when they fail, so only another endpoint is suspected of that.
  if (foreign && status !== undefined && status >= 400 && (status < 500 || endpoint !== undefined)) {
    const where = endpoint === undefined ? "The answer" : `\`${endpoint}\` does not know it: its answer`;
    const perhaps = kind === "unknown" ? ` ${carriedOut}` : "";
    return `${what} failed. ${where} (HTTP ${status}) is not one of AWS. Check the endpoint that is set, and whether something between here and AWS answers in its place.${perhaps}`;
  }
  if (kind === "denied") return deniedMessage(what, seen, session);
  if (kind === "throttled") return `AWS asks to slow down: ${what} was not carried out (${code ?? status}).`;
  if (status === undefined && (kind === "unavailable" || kind === "unknown")) {
    const where = endpoint === undefined ? "AWS" : `\`${endpoint}\``;
    const reason = system ?? (code === "TimeoutError" ? "no answer in time" : (code ?? "no answer"));
    return kind === "unavailable"
      ? `${where} could not be reached for ${what} (${reason}). Check the network, the proxy and the Region \`${session.region}\`.`
      : `The answer to ${what} was lost (${reason}). ${carriedOut}`;
  }
  if (kind === "unknown") return `AWS failed in ${what} (${code ?? `HTTP ${status}`}). ${carriedOut}`;
  if (kind === "unavailable")
    return `AWS cannot carry out ${what} now (${code ?? `HTTP ${status}`}). Try again later.`;
  const said = sentence(seen);
  return `${what} was refused${code === undefined ? "" : ` (${code})`}${said === "" ? "." : `: ${said}`}`;
}

const ENDPOINTS: Readonly<Record<string, "IAM" | "S3" | "STS" | "ACCESSANALYZER">> = {
  iam: "IAM",
  s3: "S3",
  sts: "STS",
  "access-analyzer": "ACCESSANALYZER",
};

function credentialsMessage(code: string | undefined, { profile, name }: Session): string {
  const flag = profile === undefined ? "" : ` --profile ${profile}`;
  if (code === "RequestTimeTooSkewed" || code === "RequestInTheFuture" || code === "RequestExpired")
    return `The clock of this computer is too far from AWS's (${code}). Set it, for example by switching on network time.`;
  if (/^(?:ExpiredToken|TokenRefreshRequired)/.test(code ?? ""))
    return `The credentials of ${name} have expired. Sign in again, for example with \`aws sso login${flag}\`.`;
  if (/^Signature|^InvalidSignature|^IncompleteSignature/.test(code ?? ""))
    return `AWS does not accept the signature of ${name} (${code}): the secret key may be mistyped, or the clock wrong. Check with \`aws sts get-caller-identity${flag}\`.`;
  return `AWS does not accept the credentials of ${name} (${code ?? "unknown reason"}). Check with \`aws sts get-caller-identity${flag}\`, and the partition of the Region.`;
}

/** AWS's sentence names who, which action and on what; those parts hold no secrets. */
function deniedMessage(what: string, { message, code }: Seen, { name }: Session): string {
  const [, who, action, resource] =
    /User: (\S+) is not authorized to perform: ([\w-]+:\w+)(?: on resource: (\S+))?/.exec(message) ?? [];
  if (action === undefined) return `${name} may not do ${what} (${code ?? "AccessDenied"}).`;
  const why = /\bexplicit deny\b/.test(message)
    ? "A policy denies it explicitly."
    : `It takes \`${action}\`; docs/aws-permissions has a policy for each command.`;
  const on = resource === undefined ? "" : ` on \`${resource}\``;
  return `\`${who}\` may not do \`${action}\`${on}. ${why}`;
}

/** AWS's own words where they are short and about the request. */
function sentence({ message }: Seen): string {
  const line = message.replace(/\s+/g, " ").trim();
  if (line === "" || line.length > 300 || line.includes("{")) return "";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
