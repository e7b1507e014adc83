/** Which keys go with which type of resource, over every action of the reference. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { templatesOfAction } from "../../server/src/catalogue/arn-template.js";
import { sentKeysOn } from "../../server/src/catalogue/sent-keys.js";
import { realCatalogue } from "./real.js";

const catalogue = realCatalogue();
const GAP = /\$\{[^}]*\}|<[^>]*>/g;

it("an action sends what the reference lists for it and for the type of its resource", () => {
  let narrowed = 0;
  for (const action of catalogue.expand("*")) {
    const templates = templatesOfAction(catalogue, action);
    if (templates.length < 2) continue;
    const everywhere = new Set(templates.flatMap(({ type }) => type.conditionKeys));
    for (const { type } of templates) {
      const resource = type.arn
        .replaceAll(/\$\{Account\}/g, "111122223333")
        .replaceAll(/\$\{Partition\}/g, "aws")
        .replaceAll(/\$\{[^}]*\}/g, "x");
      const sent = sentKeysOn(catalogue, action.fullName.toLowerCase(), resource);
      const own = action.resourceTypes.find(({ name }) => name === type.name)?.conditionKeys ?? [];
      for (const key of [...action.conditionKeys, ...own, ...type.conditionKeys]) {
        const filled = key.replaceAll(GAP, "x").toLowerCase();
        assert.equal(sent?.(filled), true, `${action.fullName} on ${resource}: ${key}`);
      }
      if ([...everywhere].some((key) => sent?.(key.toLowerCase()) === false)) narrowed++;
    }
  }
  assert.ok(narrowed > 100, `only ${narrowed} pairs of action and type have keys of their own`);
});
