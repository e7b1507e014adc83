/** What is said about a service: its name, and how many actions of which access it has. */

import type { Catalogue } from "../../catalogue/catalogue.js";
import { counted } from "../../policy/counted.js";
import { servicePage } from "../reference-page.js";
import { link, paragraphs } from "./markdown.js";
import { retiredText } from "./retired.js";

export function serviceText(catalogue: Catalogue, prefix: string): string | undefined {
  const service = catalogue.service(prefix);
  if (service === undefined) return retiredText(catalogue, prefix);
  const { actions, resourceTypes } = service;
  const types = resourceTypes.size === 0 ? "no resource types" : counted(resourceTypes.size, "resource type");
  return paragraphs(
    `**${service.name}**`,
    `${counted(actions.size, "action")}, ${types}.`,
    link("Its page in AWS's reference", servicePage(service)),
  );
}
