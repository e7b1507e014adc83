/** What a hover says about a name that AWS has dropped, or that is an API operation and no action. */
import type { Catalogue, Retired } from "../../catalogue/catalogue.js";
import { code, link, paragraphs } from "./markdown.js";

/** `undefined` for names that nobody remembers. */
export function retiredText(catalogue: Catalogue, name: string): string | undefined {
  const retired = catalogue.retired(name);
  if (retired !== undefined) {
    return paragraphs(`**${retired.name}** · retired`, goneText(retired));
  }
  const actions = catalogue.authorisedBy(name);
  if (actions === undefined) return undefined;
  return paragraphs(
    `**${name}** · an API operation, not an action`,
    `It is allowed by ${actions.map(code).join(" and ")}.`,
  );
}

/** Since when, why, and what to write instead. */
export function goneText({ since, successors, reference, listed }: Retired): string {
  return paragraphs(
    `${listed ? "AWS no longer honours it" : "AWS no longer lists it"}, since ${since}.`,
    successors.length === 0 ? undefined : `Instead: ${successors.map(code).join(", ")}`,
    reference && link("AWS's announcement", reference),
  );
}
