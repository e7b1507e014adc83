/** Does AWS's reference, as packed, hold together? Fails when a new release of it breaks a promise that rules rely on. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { parseArn } from "../../server/src/policy/arn.js";
import { realCatalogue } from "./real.js";

const catalogue = realCatalogue();
const services = catalogue.services.map((prefix) => catalogue.service(prefix)!);
const actions = catalogue.expand("*");

describe("AWS's reference", () => {
  it("has the services and actions of AWS", () => {
    assert.ok(services.length > 450, `${services.length} services`);
    assert.ok(actions.length > 22_000, `${actions.length} actions`);
    assert.deepEqual([...catalogue.services], [...catalogue.services].sort());
    for (const { prefix } of services) assert.match(prefix, /^[a-z0-9-]+$/);
    for (const { name } of actions) assert.match(name, /^[A-Za-z0-9-]+$/);
  });

  it("has the resource types of every action", () => {
    for (const action of actions) {
      const known = catalogue.service(action.service)!.resourceTypes;
      const unknown = action.resourceTypes.filter(({ name }) => !known.has(name.toLowerCase()));
      assert.deepEqual(unknown, [], action.fullName);
    }
  });

  it("has the condition keys of every action and resource type", () => {
    for (const { prefix, conditionKeys, resourceTypes, actions } of services) {
      const used = [
        ...[...actions.values()].flatMap((it) => [it, ...it.resourceTypes]),
        ...resourceTypes.values(),
      ].flatMap((it) => it.conditionKeys);
      for (const key of new Set(used)) {
        assert.ok(conditionKeys.has(key.toLowerCase()), `${prefix} does not describe ${key}`);
        assert.ok(catalogue.conditionKey(key) !== undefined, key);
      }
    }
  });

  it("has ARN templates that read as ARNs", () => {
    for (const { prefix, resourceTypes } of services) {
      for (const { name, arn } of resourceTypes.values()) {
        assert.ok(parseArn(arn) !== undefined, `${prefix} ${name}: ${arn}`);
      }
    }
  });

  it("says one thing about every condition key", () => {
    const seen = new Map<string, string>();
    for (const service of services) {
      for (const { key, type, multivalued } of service.conditionKeys.values()) {
        assert.equal(catalogue.conditionKey(key)?.key.toLowerCase(), key.toLowerCase());
        const typed = `${type}${multivalued ? "[]" : ""}`;
        const before = seen.get(key.toLowerCase()) ?? typed;
        if (!OFTEN_TWICE.has(key)) assert.equal(typed, before, `${service.prefix}: ${key}`);
        seen.set(key.toLowerCase(), before);
      }
    }
  });

  it("finds the template that leaves the least open", () => {
    assert.equal(catalogue.conditionKey("events:Metadata/team")?.key, `events:Metadata/\${MetadataKey}`);
    assert.equal(
      catalogue.conditionKey("events:metadata/team/matcher")?.key,
      `events:Metadata/\${MetadataKey}/Matcher`,
    );
  });

  it("knows partitions, Regions and service principals", () => {
    for (const name of ["aws", "aws-cn", "aws-us-gov", "aws-eusc"])
      assert.ok(catalogue.partitions.includes(name));
    assert.equal(new Set(catalogue.regions).size, catalogue.regions.length);
    for (const region of catalogue.regions) assert.match(region, /^[a-z]{2,4}(-[a-z]+)+-\d$/);
    for (const region of [
      "us-east-1",
      "ap-southeast-6",
      "mx-central-1",
      "eusc-de-east-1",
      "us-isob-east-1",
    ]) {
      assert.ok(catalogue.regions.includes(region), region);
    }
    assert.deepEqual(catalogue.servicePrincipals, [...new Set(catalogue.servicePrincipals)].sort());
    for (const name of catalogue.servicePrincipals) assert.match(name, /^[a-z0-9.-]+\.amazon(aws)?\.com$/);
    for (const prefix of catalogue.rcpServices) assert.notEqual(catalogue.service(prefix), undefined, prefix);
  });

  it("describes actions and condition keys", () => {
    assert.deepEqual(
      actions.filter(({ description }) => description === "").map(({ fullName }) => fullName),
      [],
    );
    for (const key of catalogue.globalConditionKeys) assert.notEqual(key.description, "", key.key);
  });

  it("has actions that depend on actions it knows", () => {
    const named = actions.flatMap((action) => [
      ...action.dependentActions,
      ...action.resourceTypes.flatMap(({ dependentActions }) => dependentActions),
    ]);
    const unknown = [...new Set(named)].filter((name) => catalogue.action(name) === undefined);
    assert.deepEqual(unknown, []);
    assert.ok(catalogue.action("ecs:RunTask")?.dependentActions.includes("iam:PassRole"));
  });

  it("has every action whose dependent actions we remember", () => {
    const remembered = JSON.parse(
      readFileSync("server/src/catalogue/dependent-actions.json", "utf8"),
    ) as object;
    for (const [prefix, actions] of Object.entries(remembered)) {
      for (const name of Object.keys(actions)) {
        assert.equal(catalogue.action(`${prefix}:${name}`)?.name, name, `Delete ${prefix}:${name} there.`);
      }
    }
  });
});

/** Sent by Identity Center to Amazon Q as a set, by everyone else as one value. */
const OFTEN_TWICE = new Set(["identitystore:UserId"]);
