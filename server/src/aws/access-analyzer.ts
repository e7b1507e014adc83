/** IAM Access Analyzer's policy checks behind our port. Where its findings stand in a document is told in `lint/online`. */
import {
  AccessCheckResourceType,
  CheckAccessNotGrantedCommand,
  CheckNoNewAccessCommand,
  CheckNoPublicAccessCommand,
  Locale,
  type Location,
  type PathElement,
  type ReasonSummary,
  ValidatePolicyCommand,
  type ValidatePolicyCommandOutput,
  type ValidatePolicyFinding,
  ValidatePolicyResourceType,
} from "@aws-sdk/client-accessanalyzer";
import { TargetError } from "../account/change/target.js";
import type {
  AskOptions,
  AwsFinding,
  AwsLocation,
  AwsPathElement,
  CheckResult,
  PolicyValidator,
  SubmittedPolicy,
} from "../lint/online/policy-validator.js";
import { type Clients, call } from "./clients.js";

const SERVICE = "access-analyzer";

export function accessAnalyzer(clients: Clients): PolicyValidator {
  const { read: client, write: once } = clients.accessAnalyzer;
  const check = async (
    operation: string,
    options: AskOptions | undefined,
    send: (sending: object) => Promise<CheckAnswer>,
  ) =>
    checkResult(await call(clients, { service: SERVICE, operation, paid: true, send }, options), operation);
  return {
    validate: async (policy, options = {}) => {
      const found: AwsFinding[] = [];
      let token: string | undefined;
      do {
        const command = new ValidatePolicyCommand({
          policyDocument: policy.text,
          policyType: policy.type,
          locale: localeFor(options.locale),
          maxResults: 100,
          ...(token === undefined ? {} : { nextToken: token }),
          ...validatedType(policy),
        });
        const page: ValidatePolicyCommandOutput = await call(
          clients,
          {
            service: SERVICE,
            operation: "ValidatePolicy",
            send: (sending) => client().send(command, sending),
          },
          options,
        );
        found.push(...(page.findings ?? []).map(findingOf));
        token = page.nextToken;
      } while (token !== undefined);
      return found;
    },
    checkNoNewAccess: (old, updated, options) => {
      const command = new CheckNoNewAccessCommand({
        existingPolicyDocument: old,
        newPolicyDocument: updated.text,
        policyType: checkedType(updated),
      });
      return check("CheckNoNewAccess", options, (sending) => once().send(command, sending));
    },
    checkAccessNotGranted: (policy, { actions, resources }, options) => {
      const command = new CheckAccessNotGrantedCommand({
        policyDocument: policy.text,
        policyType: checkedType(policy),
        access: [
          {
            ...(actions.length === 0 ? {} : { actions: [...actions] }),
            ...(resources.length === 0 ? {} : { resources: [...resources] }),
          },
        ],
      });
      return check("CheckAccessNotGranted", options, (sending) => once().send(command, sending));
    },
    checkNoPublicAccess: async (text, type, options) => {
      const resourceType = Object.values(AccessCheckResourceType).find((it) => it === type);
      if (resourceType === undefined)
        throw new TargetError("invalid", `AWS does not check whether policies of ${type} are public.`);
      const command = new CheckNoPublicAccessCommand({ policyDocument: text, resourceType });
      return check("CheckNoPublicAccess", options, (sending) => once().send(command, sending));
    },
  };
}

/** What the answers of the three checks have alike. */
interface CheckAnswer {
  readonly result?: string | undefined;
  readonly message?: string | undefined;
  readonly reasons?: readonly ReasonSummary[] | undefined;
}

function checkResult({ result, message, reasons }: CheckAnswer, operation: string): CheckResult {
  if (result !== "PASS" && result !== "FAIL")
    throw new TargetError("invalid", `The answer to \`${operation}\` has no result. Check the endpoint.`);
  return {
    passed: result === "PASS",
    message: message ?? "",
    reasons: (reasons ?? []).map(({ description, statementIndex, statementId }) => ({
      description: description ?? "",
      statementIndex,
      statementId,
    })),
  };
}

/** AWS's special checks are for some resources only; of the others it takes no type. */
function validatedType({ type, resourceType }: SubmittedPolicy) {
  const known = Object.values(ValidatePolicyResourceType).find((it) => it === resourceType);
  return type === "RESOURCE_POLICY" && known !== undefined ? { validatePolicyResourceType: known } : {};
}

function checkedType({ type }: SubmittedPolicy): "IDENTITY_POLICY" | "RESOURCE_POLICY" {
  if (type === "IDENTITY_POLICY" || type === "RESOURCE_POLICY") return type;
  throw new TargetError(
    "invalid",
    "AWS checks the access of identity and resource policies only, not of policies of an organization.",
  );
}

/** `pt-br` is PT_BR, `de-CH` is DE, and what AWS does not write is English. */
function localeFor(tag: string | undefined): Locale {
  const [language = "", ...rest] = (tag ?? "")
    .toUpperCase()
    .replace(/^ZH-(?:HANT|HK|MO)\b.*/, "ZH-TW")
    .split(/[-_]/);
  const known = Object.values(Locale);
  return (
    known.find((it) => it === [language, ...rest].join("_")) ??
    known.find((it) => it === language || it.startsWith(`${language}_`)) ??
    Locale.EN
  );
}

function findingOf(it: ValidatePolicyFinding): AwsFinding {
  return {
    code: it.issueCode ?? "UNKNOWN",
    type: it.findingType ?? "WARNING",
    message: it.findingDetails ?? "",
    link: it.learnMoreLink ?? "",
    locations: (it.locations ?? []).map(locationOf),
  };
}

function locationOf({ path, span }: Location): AwsLocation {
  return {
    path: (path ?? []).flatMap(elementOf),
    start: span?.start?.offset ?? 0,
    end: span?.end?.offset ?? 0,
  };
}

function elementOf({ index, key, value, substring }: PathElement): readonly AwsPathElement[] {
  if (index !== undefined) return [{ index }];
  if (key !== undefined) return [{ key }];
  if (value !== undefined) return [{ value }];
  if (substring?.start !== undefined && substring.length !== undefined)
    return [{ substring: { start: substring.start, length: substring.length } }];
  return [];
}
