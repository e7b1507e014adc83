/** A plan as a Markdown document: the steps in words with what they say in texts, who gains and loses, what speaks against it. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import { accessMarkdown } from "../diff-report.js";
import { callText } from "./call-text.js";
import type { CheckedPlan } from "./check-plan.js";
import { documentDiff } from "./document-diff.js";
import type { Plan, PlanProblem, PlanStep } from "./plan.js";

export function planMarkdown({ plan, access }: CheckedPlan, target: string, catalogue: Catalogue): string {
  const { steps, withheld, problems, unmanaged, accountId } = plan;
  const parts = [`# Plan for account ${accountId}`, `Target: **${target}**.`];
  if (steps.length === 0 && withheld.length === 0) parts.push("Nothing is to be changed.");
  parts.push(...problemSection(problems));
  parts.push(...section("## Changes", "change", plan), ...section(DELETIONS, "delete", plan));
  if (withheld.length > 0) parts.push("## Withheld", withheld.map(({ words }) => `- ${words}`).join("\n"));
  if (unmanaged.length > 0)
    parts.push("## Left alone", `Not in the account file: ${unmanaged.map((it) => `\`${it}\``).join(", ")}.`);
  if (steps.length > 0)
    parts.push(
      "## Who gains and loses",
      accessMarkdown(access(), catalogue),
      ...texts(plan),
      "## The same with AWS's command line",
      `\`\`\`sh\n${steps.map(({ call }) => callText(call)).join("\n")}\n\`\`\``,
    );
  return `${parts.join("\n\n")}\n`;
}

const DELETIONS = "## Deletions\n\nThese are confirmed separately.";

function problemSection(problems: readonly PlanProblem[]): readonly string[] {
  if (problems.length === 0) return [];
  const lines = problems.map(({ severity, message }) => `- ${SIGNS[severity]} ${message}`);
  return ["## What speaks against it", lines.join("\n")];
}

const SIGNS = { error: "**Error:**", warning: "**Warning:**", info: "Note:" } as const;

function section(title: string, which: PlanStep["section"], { steps }: Plan): readonly string[] {
  const lines = steps.flatMap(({ section: own, words }, index) =>
    own === which ? [`${index + 1}. ${words}`] : [],
  );
  return lines.length === 0 ? [] : [title, lines.join("\n")];
}

function texts({ steps }: Plan): readonly string[] {
  const entries = steps.flatMap((step) => {
    const diff = documentDiff(step).map(({ sign, text }) => `${sign} ${text}`.trimEnd());
    return diff.length === 0 ? [] : [`### ${step.words}`, `\`\`\`diff\n${diff.join("\n")}\n\`\`\``];
  });
  return entries.length === 0 ? [] : ["## Texts", ...entries];
}
