/** What the editor features offer for a case of a spec, written as a spec writes it. It judges nothing. */
import type { Refactoring } from "../../server/src/assist/actions/refactoring.js";
import { refactoringsAt } from "../../server/src/assist/actions/refactorings.js";
import { codeLensesFor } from "../../server/src/assist/code-lens.js";
import { foldsIn } from "../../server/src/assist/folding.js";
import { type InlayHint, inlayHintsIn } from "../../server/src/assist/inlay-hints.js";
import { linksIn } from "../../server/src/assist/links.js";
import { nameAt, occurrencesOf } from "../../server/src/assist/occurrences.js";
import { renamableAt, rename } from "../../server/src/assist/rename.js";
import { selectionsAt } from "../../server/src/assist/selection.js";
import { semanticTokensIn } from "../../server/src/assist/semantic-tokens.js";
import { statementSentence } from "../../server/src/assist/statement-sentence.js";
import { type OutlineItem, outlineOf } from "../../server/src/assist/symbols.js";
import { duplicateAction } from "../../server/src/lint/rules/clarity/duplicate-action.js";
import { missingComma } from "../../server/src/lint/rules/syntax/missing-comma.js";
import { findPolicies } from "../../server/src/policy/find-policies.js";
import { detectKind } from "../../server/src/policy/kind.js";
import type { Policy } from "../../server/src/policy/policy.js";
import { parseDocument } from "../../server/src/syntax/document.js";
import { applyEdits } from "../../server/src/syntax/edits.js";
import type { Span } from "../../server/src/syntax/span.js";
import { fakeCatalogue } from "../catalogue/fake.js";
import { lintText } from "../lint/lint-text.js";
import type { AssistCase } from "./cases.js";

/** @param asked the words behind the block's language, such as `outline` or `renamed: Name` */
export function offered(each: AssistCase, asked: string): string {
  const { text, selection, language } = each;
  const { tree } = parseDocument(text, language);
  const policies = findPolicies(tree.root);
  const catalogue = fakeCatalogue();
  const [, what, argument = ""] = /^(\w+)(?:: (.+))?$/.exec(asked) ?? [];
  const part = ({ start, end }: Span) => text.slice(start, end);
  switch (what) {
    case "outline":
      return outlineOf(policies, catalogue).map(drawItem).join("\n");
    case "sentences":
      return policies
        .flatMap(({ statements }) => statements.map((it) => statementSentence(it, catalogue) ?? "–"))
        .join("\n");
    case "folds":
      return foldsIn(tree, policies, catalogue)
        .map((it) => `${oneLine(part(it))}${it.label === undefined ? "" : `  = ${it.label}`}`)
        .join("\n");
    case "selections":
      return selectionsAt(tree, selection.start)
        .map((it) => oneLine(part(it)))
        .join("\n");
    case "links":
      return linksIn(policies, catalogue)
        .map((it) => `${part(it.at)} → ${it.target}\n  ${it.tooltip}`)
        .join("\n");
    case "hints":
      return applyEdits(
        text,
        hints(text, policies, argument).map(({ at, label }) => ({
          start: at,
          end: at,
          newText: `⟨${label}⟩`,
        })),
      );
    case "tooltips":
      return hints(text, policies, argument)
        .map((it) => it.tooltip.replaceAll("\n\n", "\n"))
        .join("\n");
    case "lenses": {
      const findings = lintText([missingComma, duplicateAction], text);
      const kinds = policies.map((policy) => ({ policy, kind: "identity" as const }));
      return codeLensesFor(kinds, findings, catalogue)
        .map(({ at, title }) => `${text.slice(0, at.start).split("\n").length}: ${title}`)
        .join("\n");
    }
    case "offers":
      return refactorings(each)
        .map(({ title }) => title)
        .join("\n");
    case "done": {
      const chosen = refactorings(each).find(({ title }) => title === argument);
      return chosen === undefined ? `nobody offers \`${argument}\`` : applyEdits(text, chosen.edits);
    }
    case "tokens":
      return semanticTokensIn(policies)
        .map((it) => `${it.type}${it.modifier === undefined ? "" : `.${it.modifier}`} ${part(it)}`)
        .join("\n");
    case "marked": {
      const name = nameAt(tree, policies, selection.start);
      const places = name === undefined ? [] : occurrencesOf(name, tree, policies);
      return applyEdits(
        text,
        places.map((it) => ({ ...it, newText: `«${part(it)}»` })),
      );
    }
    case "renamed":
    case "refused": {
      const place = renamableAt(tree, policies, selection.start);
      const result = place && rename(place, argument, tree, policies, false);
      if (result === undefined) return "nothing to rename";
      return "refusal" in result ? result.refusal : applyEdits(text, result.edits);
    }
    default:
      throw new Error(`Nobody can tell what \`${asked}\` asks for.`);
  }
}

function hints(text: string, policies: readonly Policy[], which: string): readonly InlayHint[] {
  const options = { wildcardActions: which === "wildcards", size: which === "size" };
  const detected = policies.map((policy) => ({ policy, ...detectKind(policy) }));
  return inlayHintsIn(text, detected, fakeCatalogue(), options, { start: 0, end: text.length });
}

export function refactorings({
  text,
  selection,
  language,
  info,
}: Pick<AssistCase, "text" | "selection" | "language" | "info">): readonly Refactoring[] {
  const { tree, edits } = parseDocument(text, language);
  const policies = findPolicies(tree.root).map((policy) => ({ policy, ...detectKind(policy) }));
  const [, name = "", value = ""] = /variable:([\w-]+)=(\S+)/.exec(info) ?? [];
  return refactoringsAt(selection, {
    policies,
    catalogue: fakeCatalogue(),
    variables: { [name]: value },
    edits,
  });
}

function drawItem({ name, detail, children }: OutlineItem): string {
  const below = children.map((it) => drawItem(it).replace(/^/gm, "  "));
  return [detail === "" ? name : `${name}: ${detail}`, ...below].join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}
