/** Access Analyzer's policy checks: what a test has them find, in the REST form and the words of the API reference. */
import { type Answer, type Fields, failed, type Received } from "./wire.js";

const OPERATIONS: Readonly<Record<string, string>> = {
  "/policy/validation": "ValidatePolicy",
  "/policy/check-no-new-access": "CheckNoNewAccess",
  "/policy/check-access-not-granted": "CheckAccessNotGranted",
  "/policy/check-no-public-access": "CheckNoPublicAccess",
};

export function analyzerOperation({ path }: Received): string {
  return OPERATIONS[path] ?? path;
}

/** What each check says of itself, as the examples of its API reference have it. */
const MESSAGES: Readonly<
  Record<string, { readonly pass: string; readonly fail: string; readonly reason: string }>
> = {
  CheckNoNewAccess: {
    pass: "The updated policy document does not grant new access compared to your existing policy.",
    fail: "The modified permissions grant new access compared to your existing policy.",
    reason: "New access in the statement with",
  },
  CheckAccessNotGranted: {
    pass: "The policy document does not grant access to perform the listed actions or resources.",
    fail: "The policy document grants access to perform one or more of the listed actions or resources.",
    reason: "One or more of the listed actions or resources in the statement with",
  },
  CheckNoPublicAccess: {
    pass: "The resource policy does not grant public access for the given resource type.",
    fail: "The resource policy grants public access for the given resource type.",
    reason: "Public access granted in the following statement with",
  },
};

/** Findings for a policy, and results for checks. */
export class AnalyzerAnswers {
  /** Findings by the text of the policy; none for one that is not named. */
  readonly findings = new Map<string, readonly Fields[]>();
  /** The statements that a check complains about, by operation; it passes where none is named. */
  readonly complaints = new Map<string, readonly Complaint[]>();

  clear(): void {
    this.findings.clear();
    this.complaints.clear();
  }

  answer(operation: string, { body, query }: Received): Answer {
    const input = JSON.parse(body === "" ? "{}" : body) as Fields;
    if (operation === "ValidatePolicy") {
      const all = this.findings.get(String(input["policyDocument"])) ?? [];
      const from = Number(query.get("nextToken") ?? 0);
      const to = from + Number(query.get("maxResults") ?? 100);
      const rest = to < all.length ? { nextToken: String(to) } : {};
      return json({ findings: all.slice(from, to), ...rest });
    }
    if (operation in MESSAGES) return this.#check(operation, input);
    return failed("access-analyzer", { status: 404, code: "UnknownOperationException", message: "" });
  }

  #check(operation: string, input: Fields): Answer {
    const refused = invalid(operation, input);
    if (refused !== undefined) return refused;
    const { pass, fail, reason } = MESSAGES[operation]!;
    const complaints = this.complaints.get(operation) ?? [];
    if (complaints.length === 0) return json({ result: "PASS", message: pass });
    const reasons = complaints.map(({ index, sid }) => ({
      description: `${reason} ${sid === undefined ? `index: ${index}` : `sid: ${sid}`}.`,
      ...(index !== undefined && { statementIndex: index }),
      ...(sid !== undefined && { statementId: sid }),
    }));
    return json({ result: "FAIL", message: fail, reasons });
  }
}

/** A statement by its index, its Sid, or both. */
export interface Complaint {
  readonly index?: number;
  readonly sid?: string;
}

/** Why AWS would not look at the question at all. */
function invalid(operation: string, input: Fields): Answer | undefined {
  const refused = (code: string, message: string) =>
    failed("access-analyzer", { status: 400, code, message });
  for (const name of ["policyDocument", "existingPolicyDocument", "newPolicyDocument"])
    if (name in input && !isPolicy(input[name]))
      return refused("InvalidParameterException", `The ${name} is not a valid policy.`);
  if (operation === "CheckNoPublicAccess") {
    if (/^AWS::\w+::\w+$/.test(String(input["resourceType"]))) return undefined;
    return refused("ValidationException", "resourceType is not supported");
  }
  if (!/^(?:IDENTITY|RESOURCE)_POLICY$/.test(String(input["policyType"])))
    return refused("ValidationException", "policyType failed to satisfy constraint");
  if (operation === "CheckNoNewAccess") return undefined;
  const access = input["access"];
  if (Array.isArray(access) && access.length === 1) return undefined;
  return refused("ValidationException", "access failed to satisfy constraint");
}

function isPolicy(text: unknown): boolean {
  try {
    return "Statement" in JSON.parse(String(text));
  } catch {
    return false;
  }
}

function json(body: Fields): Answer {
  return { status: 200, type: "application/json", body: JSON.stringify(body) };
}
