/** Actions that lead to AWS's page about them; those with wildcards lead to the service's. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { everyStatement, type Policy } from "../policy/policy.js";
import type { Span } from "../syntax/span.js";
import { spanWithin } from "../syntax/tree.js";
import { actionPage, servicePage } from "./reference-page.js";

export interface Link {
  readonly at: Span;
  readonly target: string;
  /** What it leads to. */
  readonly tooltip: string;
}

export function linksIn(policies: readonly Policy[], catalogue: Catalogue): readonly Link[] {
  const links: Link[] = [];
  for (const policy of policies) {
    for (const { actions, notActions } of everyStatement(policy)) {
      for (const { value, service: prefix, node } of [...actions, ...notActions]) {
        const service = catalogue.service(prefix);
        if (service === undefined) continue;
        const action = catalogue.action(value);
        links.push({
          // Editors underline links: only the prefix is one, or every action would be underlined.
          at: spanWithin(node, 0, prefix.length),
          target: action === undefined ? servicePage(service) : actionPage(service, action),
          tooltip:
            action === undefined ? `Actions of ${service.name}` : `${action.fullName} in AWS's reference`,
        });
      }
    }
  }
  return links;
}
