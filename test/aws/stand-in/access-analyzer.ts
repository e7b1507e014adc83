/** Access Analyzer's policy checks: answers that a test has prepared, in the REST form of the API reference. */
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

/** Findings for a policy, and results for checks. */
export class AnalyzerAnswers {
  /** Findings by the text of the policy; none for one that is not named. */
  readonly findings = new Map<string, readonly Fields[]>();
  /** The answer to the custom checks. */
  check: Fields = {
    result: "PASS",
    message: "The resource-based policy doesn't grant public access.",
    reasons: [],
  };

  clear(): void {
    this.findings.clear();
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
    if (Object.values(OPERATIONS).includes(operation)) return json(this.check);
    return failed("access-analyzer", { status: 404, code: "UnknownOperationException", message: "" });
  }
}

function json(body: Fields): Answer {
  return { status: 200, type: "application/json", body: JSON.stringify(body) };
}
