/** Conditions that limit a statement to some Regions, and the global services whose home is not among them. */
import { HOME_REGIONS } from "../catalogue/global-services.js";
import type { ActionPattern } from "../policy/action-pattern.js";
import type { Condition } from "../policy/condition.js";
import { isNegated } from "../policy/condition-types.js";
import { ofStatement } from "../policy/policy.js";
import { hasWildcard, matchesPattern } from "../policy/wildcard.js";
import { ALLOW, DENY } from "../policy/words.js";
import { fixedText } from "./fixed-text.js";

const REQUESTED_REGION = "aws:requestedregion";

export interface RegionLock {
  readonly condition: Condition;
  readonly open: (region: string) => boolean;
}

/** The condition that keeps a statement to the Regions it lists, or keeps it from denying there. */
export const regionLock = ofStatement.answered(({ conditions, effect }): RegionLock | undefined => {
  for (const condition of conditions) {
    const { key, operator, values } = condition;
    if (key.value.toLowerCase() !== REQUESTED_REGION || !operator.base.startsWith("String")) continue;
    if (effect?.value !== (isNegated(operator) ? DENY : ALLOW)) continue;
    const regions = values.map(fixedText).filter((it) => it !== undefined);
    // Other partitions have homes of their own.
    const elsewhere = regions.every((region) => /^(?:cn|us-gov|us-iso\w?|eu-isoe|eusc)-/.test(region));
    if (regions.length !== values.length || elsewhere) continue;
    return { condition, open: (region) => regions.some((pattern) => matchesPattern(pattern, region)) };
  }
  return undefined;
});

/** The global services that the statement speaks of, as it is written: a service that `NotAction` names is left out. */
export const globalServices = ofStatement.answered(({ actions, notActions }): readonly string[] => {
  if (notActions.length === 0 && actions.every(({ service }) => isPlain(service))) {
    const named = new Set(actions.map(({ service }) => service));
    return [...named].filter((service) => HOME_REGIONS.has(service));
  }
  const about = (service: string) => (action: ActionPattern) => isAbout(action, service);
  return [...HOME_REGIONS.keys()].filter((service) =>
    notActions.length > 0 ? !notActions.some(about(service)) : actions.some(about(service)),
  );
});

function isPlain(service: string): boolean {
  return service !== "" && !hasWildcard(service);
}

function isAbout({ service: pattern }: ActionPattern, service: string): boolean {
  return pattern === "" || pattern === service || (hasWildcard(pattern) && matchesPattern(pattern, service));
}
