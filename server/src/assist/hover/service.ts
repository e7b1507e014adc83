/** What is said about a service: its name, and how many actions of which access it has. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import { servicePage } from "../reference-page.js";
import { link, paragraphs } from "./markdown.js";
import { retiredText } from "./retired.js";
import { count } from "./wildcard.js";

export function serviceText(catalogue: Catalogue, prefix: string): string | undefined {
  const service = catalogue.service(prefix);
  if (service === undefined) return retiredText(catalogue, prefix);
  const { actions, resourceTypes } = service;
  const types = resourceTypes.size === 0 ? "no resource types" : count(resourceTypes.size, "resource type");
  return paragraphs(
    `**${service.name}**`,
    `${count(actions.size, "action")}, ${types}.`,
    link("Its page in AWS's reference", servicePage(service)),
  );
}
