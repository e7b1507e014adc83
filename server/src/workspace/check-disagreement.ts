/**
 * A custom check that AWS and we answer differently, as a case for an issue: the policies stripped of whose they are, the
 * question, and what each of the two said.
 */
import { Anonymiser } from "../lint/online/anonymous-policy.js";
import type { CheckResult } from "../lint/online/policy-validator.js";
import { parseDocument } from "../syntax/document.js";
import { toJson } from "../syntax/to-json.js";
import {
  type AskHere,
  type AwsCheck,
  type AwsQuestion,
  differs,
  type OfflineAnswer,
  OPERATIONS,
} from "./aws-check.js";

/** A section of Markdown; `undefined` where the two agree. */
export async function checkDisagreement(
  check: AwsCheck,
  result: CheckResult,
  askHere: AskHere,
): Promise<string | undefined> {
  if (!differs(check, result)) return undefined;
  const { question, submitted, here } = check;
  const anonymiser = new Anonymiser();
  const anonymous = (text: string): string => {
    const { root } = parseDocument(text, "json").tree;
    return root === undefined ? "" : JSON.stringify(anonymiser.policy(toJson(root)), null, 2);
  };
  const policy = anonymous(submitted.text);
  const asked = anonymousQuestion(question, anonymiser, anonymous);
  const again = await askHere({ text: policy, question: asked });
  const reproduces = again.ok && again.passed === here.passed;
  return [
    `## \`${OPERATIONS[question.check]}\`: AWS says ${word(result.passed)}, we say ${word(!result.passed)}`,
    "",
    `- Policy type: ${submitted.type}`,
    ...linesOf(asked),
    `- AWS: ${anonymiser.text(saidByAws(result))}`,
    `- We: ${anonymiser.text(saidHere(here))}`,
    ...(reproduces ? [] : ["- With the names replaced, we answer differently: what they were matters."]),
    "",
    ...fence(policy),
    ...(asked.check === "no-new-access" ? ["Compared with:", "", ...fence(asked.reference)] : []),
  ].join("\n");
}

function word(passed: boolean): string {
  return passed ? "PASS" : "FAIL";
}

function anonymousQuestion(
  question: AwsQuestion,
  anonymiser: Anonymiser,
  anonymous: (text: string) => string,
): AwsQuestion {
  switch (question.check) {
    case "no-new-access":
      return { ...question, reference: anonymous(question.reference), title: "the reference" };
    case "access-not-granted": {
      const resources = anonymiser.policy({ Resource: question.resources });
      const names =
        typeof resources === "object" && resources !== null && "Resource" in resources
          ? resources["Resource"]
          : [];
      return { ...question, resources: Array.isArray(names) ? names.map(String) : [] };
    }
    case "no-public-access":
      return question;
  }
}

function linesOf(question: AwsQuestion): readonly string[] {
  if (question.check === "no-public-access") return [`- Resource type: ${question.type}`];
  if (question.check === "no-new-access") return [];
  const { actions, resources } = question;
  return [`- Actions: ${listed(actions)}`, `- Resources: ${listed(resources)}`];
}

function listed(patterns: readonly string[]): string {
  return patterns.length === 0 ? "any" : patterns.map((it) => `\`${it}\``).join(", ");
}

function saidByAws({ message, reasons }: CheckResult): string {
  return [message, ...reasons.map(({ description }) => description)].filter((it) => it !== "").join(" ");
}

function saidHere({ found: [first] }: OfflineAnswer): string {
  return first === undefined ? "No such access was found." : `${first.gain}: ${first.shown}.`;
}

function fence(text: string): readonly string[] {
  return ["```json", text, "```", ""];
}
