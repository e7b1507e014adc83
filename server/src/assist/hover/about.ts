/** The long text behind a completion offer, which is what a hover over the same word says. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import type { About } from "../completion/offer.js";
import { actionText } from "./action.js";
import { arnText } from "./arn.js";
import { conditionKeyText } from "./condition-key.js";
import { elementText } from "./element.js";
import { operatorText } from "./operator.js";
import { principalText } from "./principal.js";
import { serviceText } from "./service.js";
import { variableText } from "./variable.js";
import { wildcardText } from "./wildcard.js";

export function aboutText(catalogue: Catalogue, about: About, label: string): string | undefined {
  const { name = label } = about;
  switch (about.what) {
    case "element":
      return elementText(name);
    case "action":
      return actionText(catalogue, name);
    case "wildcard":
      return wildcardText(catalogue, name);
    case "service":
      return serviceText(catalogue, name);
    case "condition-key":
      return conditionKeyText(catalogue, name);
    case "operator":
      return operatorText(name);
    case "arn":
      return arnText(catalogue, name);
    case "principal":
      return principalText(catalogue, about.type, name);
    case "variable":
      return variableText(catalogue, { key: name, defaultValue: undefined });
    case "text":
      return name;
  }
}
