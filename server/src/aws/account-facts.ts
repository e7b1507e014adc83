/** What the account check looks at, from IAM: summary, password policy, credential report, details. It judges nothing. */
import { setTimeout as sleep } from "node:timers/promises";
import {
  GenerateCredentialReportCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
} from "@aws-sdk/client-iam";
import { type AccountTarget, type CallOptions, TargetError } from "../account/change/target.js";
import type {
  AccountFactSource,
  CredentialRow,
  Fact,
  PasswordPolicy,
} from "../account/check/account-facts.js";
import { readCredentialReport } from "../account/check/credential-report.js";
import { type Clients, call } from "./clients.js";

/** AWS takes a few seconds to write the report. */
const REPORT_TRIES = 30;
const REPORT_PAUSE = 2_000;

export function accountFactSource(clients: Clients, target: AccountTarget): AccountFactSource {
  return {
    read: async ({ progress, ...options } = {}) => {
      const account = await target.accountId(options);
      progress?.("summary");
      const summary = await fact(async () => {
        const send = (sending: object) => clients.iam.read().send(new GetAccountSummaryCommand({}), sending);
        const operation = "GetAccountSummary";
        const { SummaryMap } = await call(clients, { service: "iam", operation, send }, options);
        return SummaryMap ?? {};
      });
      const passwords = await fact(() => passwordPolicy(clients, options));
      progress?.("credential report");
      const credentials = await fact(() => credentialReport(clients, options));
      const snapshot = await fact(() =>
        target.read({ ...options, progress: (done, what) => progress?.(`${done} ${what}`) }),
      );
      return { account, summary, passwordPolicy: passwords, credentials, snapshot };
    },
  };
}

/** What may not be read, or not here, is unknown; every other failure is one. */
async function fact<T>(read: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { known: true, value: await read() };
  } catch (error) {
    if (error instanceof TargetError && ["denied", "invalid", "absent", "unavailable"].includes(error.kind))
      return { known: false, why: error.message };
    throw error;
  }
}

async function passwordPolicy(clients: Clients, options: CallOptions): Promise<PasswordPolicy | undefined> {
  const send = (sending: object) => clients.iam.read().send(new GetAccountPasswordPolicyCommand({}), sending);
  const operation = "GetAccountPasswordPolicy";
  try {
    const { PasswordPolicy: it } = await call(clients, { service: "iam", operation, send }, options);
    return {
      minimumLength: it?.MinimumPasswordLength ?? 0,
      remembered: it?.PasswordReusePrevention,
      upperCase: it?.RequireUppercaseCharacters ?? false,
      lowerCase: it?.RequireLowercaseCharacters ?? false,
      numbers: it?.RequireNumbers ?? false,
      symbols: it?.RequireSymbols ?? false,
    };
  } catch (error) {
    if (error instanceof TargetError && error.kind === "absent") return undefined;
    throw error;
  }
}

async function credentialReport(clients: Clients, options: CallOptions): Promise<readonly CredentialRow[]> {
  for (let tries = 0; tries < REPORT_TRIES; tries++) {
    const send = (sending: object) =>
      clients.iam.read().send(new GenerateCredentialReportCommand({}), sending);
    const operation = "GenerateCredentialReport";
    const { State } = await call(clients, { service: "iam", operation, send }, options);
    if (State === "COMPLETE") {
      const get = (sending: object) => clients.iam.read().send(new GetCredentialReportCommand({}), sending);
      const asked = { service: "iam", operation: "GetCredentialReport", send: get };
      const { Content } = await call(clients, asked, options);
      return readCredentialReport(new TextDecoder().decode(Content));
    }
    await pause(options);
  }
  throw new TargetError("unavailable", "AWS did not finish the credential report. Try again later.");
}

async function pause({ signal }: CallOptions): Promise<void> {
  try {
    await sleep(REPORT_PAUSE, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw new TargetError("cancelled", "The account check was cancelled.");
  }
}
