/**
 * Who asks AWS, and where: profile, credentials, Region and endpoint, by the SDK's standard chain. It makes no client
 * and no call; `clients.ts` does.
 */
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { TargetError } from "../account/change/target.js";
import { readSharedConfig, type SharedConfig } from "./shared-config.js";

export interface SessionOptions {
  /** Goes before `AWS_PROFILE`. */
  readonly profile?: string | undefined;
  /** Goes before `AWS_REGION` and the profile's own. */
  readonly region?: string | undefined;
  /** Goes before `AWS_ENDPOINT_URL` and its kin, for every service. */
  readonly endpointUrl?: string | undefined;
  /** Asks the user for the code that the device with this serial number shows. */
  readonly askMfaCode?: ((serial: string) => Promise<string>) | undefined;
  readonly timeouts?: Timeouts | undefined;
}

/** Milliseconds. */
export interface Timeouts {
  readonly connect: number;
  readonly answer: number;
}

/** What signs a request. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export interface Session {
  readonly profile: string | undefined;
  /** As shown to the user: `AWS profile dev`, or `AWS` where the environment has the credentials. */
  readonly name: string;
  readonly region: string;
  /** Did somebody choose that Region? */
  readonly regionChosen: boolean;
  /** The endpoint that is set for a service, by whichever way; `undefined` for AWS's own. */
  readonly endpoint: (service: ServiceId) => string | undefined;
  /** One set for all clients, so that nobody types an MFA code twice. Rejects with a {@link TargetError}. */
  readonly credentials: () => Promise<Credentials>;
  readonly timeouts: Timeouts;
  /** The text without the secrets of this session. */
  readonly redact: (text: string) => string;
}

/** As in `AWS_ENDPOINT_URL_…`. */
export type ServiceId = "IAM" | "S3" | "S3_CONTROL" | "STS" | "ACCESSANALYZER";

/** Where nothing says otherwise. IAM is the same from every Region of a partition. */
const DEFAULT_REGION = "us-east-1";
const TIMEOUTS: Timeouts = { connect: 5_000, answer: 60_000 };
/** Credentials that expire sooner are fetched anew, in milliseconds. */
const SPARE_TIME = 5 * 60_000;

export function listProfiles(): readonly string[] {
  return readSharedConfig(process.env).profiles;
}

/** @throws TargetError for a profile that is not there */
export function openSession(options: SessionOptions): Session {
  const { env } = process;
  const shared = readSharedConfig(env);
  const profile = given(options.profile) ?? given(env["AWS_PROFILE"]);
  if (profile !== undefined && !shared.profiles.includes(profile)) throw noProfile(profile, shared);
  const setting = (key: "region" | "endpoint_url") => given(shared.setting(profile ?? "default", key));
  const chosen =
    given(options.region) ??
    given(env["AWS_REGION"]) ??
    given(env["AWS_DEFAULT_REGION"]) ??
    setting("region");
  const region = chosen ?? DEFAULT_REGION;
  const ignored = env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] === "true";
  const secrets = new Set<string>();
  const askMfaCode = options.askMfaCode;
  const chain = fromNodeProviderChain({
    ...(profile === undefined ? {} : { profile }),
    ...(askMfaCode === undefined ? {} : { mfaCodeProvider: askMfaCode }),
    logger: SILENT,
    clientConfig: { region, logger: SILENT },
    // Otherwise the SDK reads each file once for as long as a language server lives, and signing in again helps nobody.
    ignoreCache: true,
    // A machine that is no EC2 instance has nobody at that address: one short try.
    maxRetries: 0,
    timeout: 1_000,
  });
  const credentials = shareCredentials(async () => {
    try {
      const found = await chain();
      for (const secret of [found.secretAccessKey, found.sessionToken]) if (secret) secrets.add(secret);
      return found;
    } catch (error) {
      throw signInError(error, profile, shared, askMfaCode !== undefined);
    }
  });
  return {
    profile,
    name: profile === undefined ? "AWS" : `AWS profile ${profile}`,
    region,
    regionChosen: chosen !== undefined,
    endpoint: (service) =>
      given(options.endpointUrl) ??
      (ignored
        ? undefined
        : (given(env[`AWS_ENDPOINT_URL_${service}`]) ??
          given(env["AWS_ENDPOINT_URL"]) ??
          setting("endpoint_url"))),
    credentials,
    timeouts: options.timeouts ?? TIMEOUTS,
    redact: (text) => [...secrets].reduce((it, secret) => it.replaceAll(secret, "…"), text),
  };
}

/** The SDK's notices are for whoever programs it. It takes a logger without methods for none, and writes to the console. */
export const SILENT = new (class Silent {
  trace(): void {}
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
})();

/** One fetch at a time, and none while what was fetched is good. */
function shareCredentials(fetch: () => Promise<Credentials>): () => Promise<Credentials> {
  let current: Promise<Credentials> | undefined;
  return async () => {
    current ??= fetch();
    const asked = current;
    const forget = () => {
      if (current === asked) current = undefined;
    };
    try {
      const found = await asked;
      const { expiration } = found;
      if (expiration === undefined || expiration.getTime() - Date.now() > SPARE_TIME) return found;
      forget();
      current ??= fetch();
      return await current;
    } catch (error) {
      current = undefined;
      throw error;
    }
  };
}

function noProfile(profile: string, { profiles }: SharedConfig): TargetError {
  const known =
    profiles.length === 0
      ? "There is none at all: `aws configure` makes one."
      : `There are: ${profiles.join(", ")}.`;
  return new TargetError(
    "credentials",
    `There is no profile \`${profile}\` in the shared AWS configuration. ${known}`,
  );
}

/**
 * Which command helps follows from how the profile signs in, not from the SDK's sentences; those may hold the output of
 * a program, and are not shown.
 */
function signInError(
  error: unknown,
  profile: string | undefined,
  shared: SharedConfig,
  canAsk: boolean,
): TargetError {
  if (error instanceof TargetError) return error;
  const name = profile ?? "default";
  const flag = profile === undefined ? "" : ` --profile ${profile}`;
  const problem = (what: string) => new TargetError("credentials", what, nameOf(error));
  const source = shared.setting(name, "source_profile") ?? name;
  if ([name, source].some((it) => shared.setting(it, "sso_session") ?? shared.setting(it, "sso_start_url"))) {
    const signIn = shared.setting(source, "sso_session") ?? shared.setting(source, "sso_start_url");
    const whose = signIn === undefined ? name : source;
    return problem(
      `The sign-in of AWS profile \`${name}\` has expired or is missing. Run \`aws sso login --profile ${whose}\`.`,
    );
  }
  if (shared.setting(name, "login_session") !== undefined)
    return problem(
      `The sign-in of AWS profile \`${name}\` has expired or is missing. Run \`aws login${flag}\`.`,
    );
  const role = shared.setting(name, "role_arn");
  if (role !== undefined) {
    const serial = shared.setting(name, "mfa_serial");
    if (serial !== undefined && !canAsk)
      return problem(
        `AWS profile \`${name}\` needs an MFA code, and there is nobody to ask: run this in a terminal, or sign in first and give temporary credentials in the environment.`,
      );
    const why =
      serial === undefined
        ? `check with \`aws sts get-caller-identity${flag}\` what is in the way`
        : "the code may be wrong or used already";
    return problem(`AWS profile \`${name}\` could not assume \`${role}\`: ${why}.`);
  }
  if (profile !== undefined)
    return problem(
      `AWS profile \`${profile}\` gives no credentials. Check it with \`aws sts get-caller-identity --profile ${profile}\`, or run \`aws configure --profile ${profile}\`.`,
    );
  return problem(
    "There are no AWS credentials. Run `aws configure`, choose a profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  );
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error && error.name !== "Error" ? error.name : undefined;
}

function given(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text.trim();
}
