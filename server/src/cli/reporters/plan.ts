/** A plan for people and for programs: the steps in words, what they say in texts, who gains and loses, what speaks against it. */
import { callText } from "../../account/change/call-text.js";
import type { CheckedPlan } from "../../account/change/check-plan.js";
import { documentDiff } from "../../account/change/document-diff.js";
import { nameOf, type SubjectId } from "../../account/change/facts.js";
import type { Plan, PlanProblem, PlanStep } from "../../account/change/plan.js";
import type { Catalogue } from "../../catalogue/catalogue.js";
import { type Paint, painter } from "../terminal.js";
import { reportDiffText } from "./diff.js";

export interface PlanView {
  /** As shown to the user. */
  readonly target: string;
  readonly calls: boolean;
  readonly colours: boolean;
  readonly catalogue: Catalogue;
}

export function planJson({ plan, access }: CheckedPlan, target: string): object {
  const step = ({ id, about, section, words, call }: PlanStep) => ({ id, about, section, words, call });
  const count = (section: PlanStep["section"]) => plan.steps.filter((it) => it.section === section).length;
  return {
    version: 1,
    account: plan.accountId,
    target,
    steps: plan.steps.map(step),
    withheld: plan.withheld.map(step),
    problems: plan.problems.map((it) => ({ ...it, about: it.about ?? null })),
    unmanaged: plan.unmanaged,
    access: access(),
    summary: { change: count("change"), delete: count("delete"), withheld: plan.withheld.length },
  };
}

export function reportPlanText({ plan, access }: CheckedPlan, view: PlanView): string {
  const paint = painter(view.colours);
  const parts = [`${paint("bold", `Account ${plan.accountId}`)}, ${view.target}\n`];
  parts.push(section("change", plan, view, paint), section("delete", plan, view, paint));
  if (plan.withheld.length > 0) {
    const lines = plan.withheld.map(({ words }) => `       ${words}`);
    parts.push(`${paint("bold", "Withheld")}: deletions are confirmed by themselves\n${lines.join("\n")}\n`);
  }
  if (plan.steps.length > 0) {
    const indented = reportDiffText(access(), view.catalogue, view.colours).replace(/^(?=.)/gm, "  ");
    parts.push(`${paint("bold", "Who gains and loses")}\n${indented}`);
  }
  if (plan.problems.length > 0)
    parts.push(`${plan.problems.map((it) => problemText(it, paint)).join("\n")}\n`);
  if (plan.unmanaged.length > 0) parts.push(paint("dim", `${unmanagedText(plan.unmanaged)}\n`));
  if (plan.steps.length === 0 && plan.withheld.length === 0) parts.push("Nothing is to be changed.\n");
  return parts.filter((it) => it !== "").join("\n");
}

function section(which: PlanStep["section"], { steps }: Plan, view: PlanView, paint: Paint): string {
  const lines = steps.flatMap((step, index) => {
    if (step.section !== which) return [];
    const number = String(index + 1).padStart(4);
    const call = view.calls ? [paint("dim", `       ${callText(step.call)}`)] : [];
    return [`${number}. ${step.words}`, ...call, ...documentLines(step, paint)];
  });
  if (lines.length === 0) return "";
  const title = which === "change" ? paint("bold", "Changes") : paint("red", "Deletions");
  return `${title}\n${lines.join("\n")}\n`;
}

function documentLines(step: PlanStep, paint: Paint): readonly string[] {
  return documentDiff(step).map(({ sign, text }) => {
    const line = `       ${sign} ${text}`.trimEnd();
    return sign === "+" ? paint("cyan", line) : sign === "-" ? paint("red", line) : paint("dim", line);
  });
}

export function problemText({ severity, message }: PlanProblem, paint: Paint): string {
  const word =
    severity === "error"
      ? paint("red", "error")
      : severity === "warning"
        ? paint("yellow", "warning")
        : "note";
  return `${word}: ${message}`;
}

const FEW = 5;

function unmanagedText(subjects: readonly SubjectId[]): string {
  const shown = subjects.slice(0, FEW).map((it) => `${it.slice(0, it.indexOf("/"))} ${nameOf(it)}`);
  const more = subjects.length > FEW ? ` and ${subjects.length - FEW} more` : "";
  return `Not in the account file, and left alone: ${shown.join(", ")}${more}.`;
}
