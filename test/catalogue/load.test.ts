/** How questions to the catalogue are answered, on the small one. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadCatalogue } from "../../server/src/catalogue/load.js";
import { pack } from "../../server/src/catalogue/pack.js";
import { fakeCatalogue, fakeData } from "./fake.js";

const catalogue = fakeCatalogue();

describe("catalogue", () => {
  it("gives back everything that was packed", () => {
    const data = fakeData();
    for (const service of data.services) {
      const loaded = catalogue.service(service.prefix)!;
      assert.equal(loaded.name, service.name);
      assert.deepEqual(
        [...loaded.actions.values()].map((action) => ({
          name: action.name,
          accessLevel: action.accessLevel,
          description: action.description,
          resourceTypes: action.resourceTypes,
          conditionKeys: action.conditionKeys,
          dependentActions: action.dependentActions,
        })),
        service.actions,
      );
      assert.deepEqual([...loaded.resourceTypes.values()], service.resourceTypes);
      assert.deepEqual(
        [...loaded.conditionKeys.values()].map(({ key, type, multivalued, description }) => ({
          key,
          type,
          multivalued,
          description,
        })),
        service.conditionKeys,
      );
    }
    assert.deepEqual(catalogue.globalConditionKeys, data.globalConditionKeys);
    assert.deepEqual(catalogue.partitions, data.partitions);
    assert.deepEqual(catalogue.regions, Object.keys(data.regions));
    for (const [region, name] of Object.entries(data.regions))
      assert.equal(catalogue.regionName(region), name);
    assert.equal(catalogue.regionName("constructor"), undefined);
    assert.deepEqual(catalogue.rcpServices, data.rcpServices);
  });

  it("keeps texts that are not ASCII", () => {
    const [first, ...rest] = fakeData().services;
    const odd = loadCatalogue(
      pack({ ...fakeData(), services: [{ ...first!, name: "Amazon “Café” 🪣" }, ...rest] }),
    );
    assert.equal(odd.service(first!.prefix)?.name, "Amazon “Café” 🪣");
    assert.equal(odd.action("s3:GetObject")?.fullName, "s3:GetObject");
  });

  it("tells which other actions an action needs", () => {
    const { services, ...data } = fakeData();
    const needy = services.map((service) => ({
      ...service,
      actions: service.actions.map((action) => ({
        ...action,
        dependentActions: [`iam:For${action.name}`],
        resourceTypes: action.resourceTypes.map((type) => ({
          ...type,
          dependentActions: [`kms:For${type.name}`],
        })),
      })),
    }));
    const action = loadCatalogue(pack({ ...data, services: needy })).action("sqs:SendMessage");
    assert.deepEqual(action?.dependentActions, ["iam:ForSendMessage"]);
    assert.deepEqual(action?.resourceTypes[0]?.dependentActions, ["kms:Forqueue"]);
  });

  it("needs no more than the index to tell actions and their access levels", () => {
    const text = pack(fakeData());
    const index = loadCatalogue(text.slice(0, text.indexOf("\n") + 1));
    assert.deepEqual(
      index.expand("sqs:*Message").map(({ fullName, accessLevel }) => `${fullName} ${accessLevel}`),
      ["sqs:DeleteMessage Write", "sqs:ReceiveMessage Read", "sqs:SendMessage Write"],
    );
    assert.throws(() => index.service("sqs")?.resourceTypes);
  });

  it("needs no long texts until one is shown", () => {
    const loaded = loadCatalogue(pack(fakeData()).replaceAll('"Grants', "#Grants"));
    assert.deepEqual(
      loaded.action("sqs:SendMessage")?.resourceTypes.map(({ name }) => name),
      ["queue"],
    );
    assert.throws(() => loaded.action("sqs:SendMessage")?.description);
  });

  it("ignores the case of services and actions", () => {
    assert.equal(catalogue.service("S3")?.prefix, "s3");
    assert.equal(catalogue.action("S3:getobject")?.fullName, "s3:GetObject");
    assert.equal(catalogue.action("s3:GetObjects"), undefined);
    assert.equal(catalogue.action("GetObject"), undefined);
    assert.equal(catalogue.action("*"), undefined);
  });
});

describe("who owns the resources of an ARN", () => {
  const table: readonly [service: string, owners: readonly string[]][] = [
    ["sqs", ["sqs"]],
    ["iam", ["iam", "sts"]],
    ["s3-object-lambda", ["s3"]],
    ["organizations", []],
    ["constructor", []],
  ];
  for (const [service, owners] of table) {
    it(`${service}: ${owners.join(", ") || "nobody"}`, () => {
      assert.deepEqual(catalogue.arnOwners(service), owners);
    });
  }
});

describe("actions that a pattern matches", () => {
  const names = (pattern: string) => catalogue.expand(pattern).map(({ fullName }) => fullName);
  const table: readonly [pattern: string, expected: readonly string[]][] = [
    ["sqs:SendMessage", ["sqs:SendMessage"]],
    ["SQS:sendmessage", ["sqs:SendMessage"]],
    ["sqs:*Message", ["sqs:DeleteMessage", "sqs:ReceiveMessage", "sqs:SendMessage"]],
    ["sqs:?endMessage", ["sqs:SendMessage"]],
    ["sqs:???????essage", ["sqs:DeleteMessage"]],
    ["s?s:SendMessage", ["sqs:SendMessage"]],
    ["s*s:Add*", ["sns:AddPermission", "sqs:AddPermission"]],
    ["sqs:Nothing*", []],
    ["nothing:*", []],
    ["SendMessage", []],
    ["sqs", []],
    ["sqs:", []],
    ["", []],
    [":", []],
  ];
  for (const [pattern, expected] of table) {
    it(pattern === "" ? "(empty)" : pattern, () => assert.deepEqual(names(pattern).sort(), expected));
  }

  it("* is all of them", () => {
    const all = catalogue.services.reduce((sum, prefix) => sum + catalogue.service(prefix)!.actions.size, 0);
    assert.equal(catalogue.expand("*").length, all);
    assert.equal(catalogue.expand("*:*").length, all);
  });

  it("remembers what it found", () => {
    assert.equal(catalogue.expand("s3:Get*"), catalogue.expand("S3:get*"));
  });
});

describe("condition keys", () => {
  const table: readonly [written: string, published: string | undefined][] = [
    ["aws:SourceIp", "aws:SourceIp"],
    ["AWS:sourceip", "aws:SourceIp"],
    ["aws:RequestTag/team", `aws:RequestTag/\${TagKey}`],
    [`aws:RequestTag/\${TagKey}`, `aws:RequestTag/\${TagKey}`],
    ["aws:RequestTag/", undefined],
    ["aws:RequestTag", undefined],
    ["aws:PrincipalTag/Cost Center", `aws:PrincipalTag/\${TagKey}`],
    ["s3:prefix", "s3:prefix"],
    ["s3:prefixes", undefined],
    ["s3:ExistingObjectTag/class", "s3:ExistingObjectTag/<key>"],
    ["ec2:ResourceTag/a/b", `ec2:ResourceTag/\${TagKey}`],
    ["codebuild:secondarySources/main.location", `codebuild:secondarySources/\${sourceIdentifier}.location`],
    ["codebuild:secondarySources/.location", undefined],
    ["codebuild:secondarySources/main.nothing", undefined],
    ["kms:EncryptionContext:app", `kms:EncryptionContext:\${EncryptionContextKey}`],
    ["saml:aud", "saml:aud"],
    ["accounts.google.com:sub", "accounts.google.com:sub"],
    ["nothing:key", undefined],
    ["SourceIp", undefined],
    ["", undefined],
  ];
  for (const [written, published] of table) {
    it(written === "" ? "(empty)" : written, () =>
      assert.equal(catalogue.conditionKey(written)?.key, published),
    );
  }

  it("say whether a request carries several values", () => {
    const typed = (key: string) => {
      const { type, multivalued } = catalogue.conditionKey(key)!;
      return [type, multivalued];
    };
    assert.deepEqual(typed("aws:TagKeys"), ["String", true]);
    assert.deepEqual(typed("aws:SourceArn"), ["ARN", false]);
    assert.deepEqual(typed("aws:MultiFactorAuthPresent"), ["Bool", false]);
    assert.deepEqual(typed("aws:SourceIp"), ["IPAddress", false]);
    assert.deepEqual(typed("s3:max-keys"), ["Numeric", false]);
  });

  it("tells how a name stands", () => {
    const standing = {
      known: ["s3:GetObject", "S3:getobject", "s3:Get*", "s3:*", "*", "s*:Get*", "*:*", "purchase-orders:*"],
      unknown: ["s3:GetObjct", "s3:Gett*", "GetObject", "s3:", "s*:Nothing*"],
      "unknown-service": ["dynamo:GetItem", "dynamo:*", "nothing*:*", ":"],
      retired: [
        "aws-portal:ViewBilling",
        "aws-portal:View*",
        "aws-portal:*",
        "lambda:PutPublicAccessBlockConfig",
      ],
      "retired-service": ["macie:ListMemberAccounts", "elastic-inference:*"],
      operation: ["s3:HeadBucket", "s3:listobjectsv2"],
    };
    const told = Object.entries(standing).map(([, names]) => names.map((it) => catalogue.standing(it)));
    const expected = Object.entries(standing).map(([word, names]) => names.map(() => word));
    assert.deepEqual(told, expected);
  });

  it("finds retired actions by pattern", () => {
    assert.deepEqual(
      catalogue.retiredLike("aws-portal:View*").map(({ name }) => name),
      [
        "aws-portal:ViewAccount",
        "aws-portal:ViewBilling",
        "aws-portal:ViewPaymentMethods",
        "aws-portal:ViewUsage",
      ],
    );
    assert.deepEqual(catalogue.retiredLike("s3:GetObject"), []);
  });
});
