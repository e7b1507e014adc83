/** What is in the AWS account, as the tree shows it, and the documents behind it. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Snapshot } from "../../server/src/account/change/snapshot-shape.js";
import { TargetError } from "../../server/src/account/change/target.js";
import type { AccountNode, LiveDocument } from "../../server/src/lsp/protocol.js";
import { fakeConnection } from "../aws/fake-connection.js";
import { startClient, type TestClient } from "./client.js";

const READ =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
const DENY = READ.replace("Allow", "Deny");
const DATES = { CreateDate: "2026-01-01T00:00:00Z" };
const AWS_READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const OWN = "arn:aws:iam::111122223333:policy/read";

const SNAPSHOT: Snapshot = {
  UserDetailList: [
    {
      UserName: "ana",
      UserId: "AIDA1",
      Path: "/",
      Arn: "arn:aws:iam::111122223333:user/ana",
      AttachedManagedPolicies: [],
      UserPolicyList: [{ PolicyName: "own", PolicyDocument: DENY }],
      GroupList: ["engineer"],
      PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: OWN },
      Tags: [],
      ...DATES,
    },
  ],
  GroupDetailList: [
    {
      GroupName: "engineer",
      GroupId: "AGPA1",
      Path: "/",
      Arn: "arn:aws:iam::111122223333:group/engineer",
      AttachedManagedPolicies: [
        { PolicyName: "read", PolicyArn: OWN },
        { PolicyName: "ReadOnlyAccess", PolicyArn: AWS_READ_ONLY },
      ],
      GroupPolicyList: [],
    },
  ],
  RoleDetailList: [
    {
      RoleName: "app",
      RoleId: "AROA1",
      Path: "/",
      Arn: "arn:aws:iam::111122223333:role/app",
      AttachedManagedPolicies: [],
      RolePolicyList: [],
      AssumeRolePolicyDocument: '{"Statement":[]}',
      InstanceProfileList: [],
      Tags: [],
    },
  ],
  Policies: [
    policy("read", OWN, [
      ["v2", READ],
      ["v1", DENY],
    ]),
    policy("ReadOnlyAccess", AWS_READ_ONLY, [["v1", READ]]),
  ],
  BucketPolicies: { logs: READ, empty: null },
};

const TREE = `Policies: 1
  read: v2, 2 attachments [policy/read]
Groups: 1
  engineer: 1 member
    read: attached [policy/read]
    ReadOnlyAccess: of AWS [aws/ReadOnlyAccess]
    ana
Users: 1
  ana: engineer
    engineer
    own: inline [user/ana/own]
    read: permissions boundary [policy/read]
Roles: 1
  app
    Trust policy [role/app/trust]
Buckets: 2
  empty: no policy
  logs [bucket/logs]
`;

describe("live account", () => {
  const files = new Map<string, string>();
  let client: TestClient;
  const ask = <T>(method: string, params: object = {}): Promise<T> =>
    client.connection.sendRequest(method, params);
  let reading: () => Promise<Snapshot> = async () => SNAPSHOT;

  before(async () => {
    client = await startClient({
      files,
      aws: {
        connectAws: async () =>
          fakeConnection({
            target: {
              name: "AWS",
              identity: async () => "aws:aws:111122223333",
              accountId: async () => "111122223333",
              caller: async () => undefined,
              read: () => reading(),
              perform: () => Promise.reject(new TargetError("denied", "nothing is changed here")),
            },
          }),
        listProfiles: async () => [],
      },
    });
    await ask("iamPolicy/useAws", {});
  });
  after(() => client.stop());

  it("shows what is there and what hangs on what", async () => {
    const { nodes, account } = await ask<{ nodes: AccountNode[]; account: string }>("iamPolicy/liveAccount");
    assert.equal(account, "111122223333");
    assert.equal(nodes.map((it) => drawn(it, "")).join(""), TREE);
    const ids = nodes.flatMap(idsIn);
    assert.equal(new Set(ids).size, ids.length);
  });

  it("opens the version in force, and any other", async () => {
    await ask("iamPolicy/liveAccount");
    const live: LiveDocument = await ask("iamPolicy/liveDocument", { id: "policy/read" });
    assert.deepEqual(JSON.parse(live.text), JSON.parse(READ));
    assert.deepEqual([live.version, live.versions], ["v2", ["v2", "v1"]]);
    const old: LiveDocument = await ask("iamPolicy/liveDocument", { id: "policy/read", version: "v1" });
    assert.deepEqual(JSON.parse(old.text), JSON.parse(DENY));
  });

  it("opens every document of the tree", async () => {
    const { nodes } = await ask<{ nodes: AccountNode[] }>("iamPolicy/liveAccount");
    const documents = new Set(nodes.flatMap(documentsIn));
    assert.equal(documents.size, 5);
    for (const id of documents) {
      const { text } = await ask<LiveDocument>("iamPolicy/liveDocument", { id });
      assert.match(text, /"Statement"/, id);
    }
    await assert.rejects(
      ask("iamPolicy/liveDocument", { id: "role/gone/trust" }),
      /had no role\/gone\/trust/,
    );
  });

  it("downloads a snapshot, over an older one but over nothing else", async () => {
    files.set("/workspace/notes.json", "{}");
    const file = "file:///workspace/iam-snapshot.json";
    const said = await ask<string>("iamPolicy/downloadSnapshot", { file });
    assert.equal(said, "Account 111122223333 is in /workspace/iam-snapshot.json.");
    assert.deepEqual(JSON.parse(files.get("/workspace/iam-snapshot.json") ?? ""), SNAPSHOT);
    await ask("iamPolicy/downloadSnapshot", { file });
    const other = { file: "file:///workspace/notes.json" };
    await assert.rejects(ask("iamPolicy/downloadSnapshot", other), /notes\.json is there already/);
    assert.equal(files.get("/workspace/notes.json"), "{}");
  });

  it("says why the account cannot be read", async () => {
    reading = () =>
      Promise.reject(new TargetError("denied", "You may not call iam:GetAccountAuthorizationDetails."));
    await assert.rejects(ask("iamPolicy/liveAccount"), /You may not call iam:GetAccountAuthorizationDetails/);
  });
});

function policy(
  name: string,
  arn: string,
  versions: readonly (readonly [string, string])[],
): Snapshot["Policies"][number] {
  return {
    PolicyName: name,
    PolicyId: `ANPA${name}`,
    Arn: arn,
    Path: "/",
    DefaultVersionId: versions[0]?.[0] ?? "",
    AttachmentCount: versions.length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    PolicyVersionList: versions.map(([VersionId, Document], index) => ({
      VersionId,
      Document,
      IsDefaultVersion: index === 0,
    })),
  };
}

function drawn({ label, detail, document, children }: AccountNode, indent: string): string {
  const line = `${indent}${label}${detail === undefined ? "" : `: ${detail}`}${document ? ` [${document}]` : ""}\n`;
  return line + children.map((it) => drawn(it, `${indent}  `)).join("");
}

function idsIn({ id, children }: AccountNode): readonly string[] {
  return [id, ...children.flatMap(idsIn)];
}

function documentsIn({ document, children }: AccountNode): readonly string[] {
  return [...(document === undefined ? [] : [document]), ...children.flatMap(documentsIn)];
}
