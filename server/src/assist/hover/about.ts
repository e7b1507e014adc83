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

export function aboutText(catalogue: Catalogue, about: About): string | undefined {
  switch (about.what) {
    case "element":
      return elementText(about.name);
    case "action":
      return actionText(catalogue, about.name);
    case "wildcard":
      return wildcardText(catalogue, about.pattern);
    case "service":
      return serviceText(catalogue, about.prefix);
    case "condition-key":
      return conditionKeyText(catalogue, about.key);
    case "operator":
      return operatorText(about.name);
    case "arn":
      return arnText(catalogue, about.arn);
    case "principal":
      return principalText(catalogue, about.type, about.value);
    case "variable":
      return variableText(catalogue, { key: about.key, defaultValue: undefined });
    case "text":
      return about.text;
  }
}
