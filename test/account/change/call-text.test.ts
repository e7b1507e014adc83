/** Calls as lines for AWS's own command line: what a shell makes of a line are the words that are meant. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { it } from "node:test";
import type { ApiCall } from "../../../server/src/account/change/api-call.js";
import { callText } from "../../../server/src/account/change/call-text.js";

const CASES: readonly (readonly [ApiCall, readonly string[]])[] = [
  [
    { service: "iam", operation: "AddUserToGroup", input: { GroupName: "g", UserName: "a=b,c.d@e-f" } },
    ["aws", "iam", "add-user-to-group", "--group-name", "g", "--user-name", "a=b,c.d@e-f"],
  ],
  [
    {
      service: "iam",
      operation: "CreatePolicyVersion",
      input: {
        PolicyArn: "arn:aws:iam::1:policy/p",
        PolicyDocument: '{"a": "it\'s $HOME"}',
        SetAsDefault: true,
      },
    },
    [
      ...["aws", "iam", "create-policy-version", "--policy-arn", "arn:aws:iam::1:policy/p"],
      ...["--policy-document", '{"a": "it\'s $HOME"}', "--set-as-default"],
    ],
  ],
  [
    { service: "iam", operation: "UntagRole", input: { RoleName: "r", TagKeys: ["a b", "c"] } },
    ["aws", "iam", "untag-role", "--role-name", "r", "--tag-keys", "a b", "c"],
  ],
  [
    {
      service: "iam",
      operation: "CreateRole",
      input: {
        RoleName: "r",
        AssumeRolePolicyDocument: "{}",
        MaxSessionDuration: 7200,
        Tags: [{ Key: "k", Value: "v" }],
      },
    },
    [
      ...["aws", "iam", "create-role", "--role-name", "r", "--assume-role-policy-document", "{}"],
      ...["--max-session-duration", "7200", "--tags", '[{"Key":"k","Value":"v"}]'],
    ],
  ],
  [
    { service: "s3", operation: "DeleteBucketPolicy", input: { Bucket: "logs" } },
    ["aws", "s3api", "delete-bucket-policy", "--bucket", "logs"],
  ],
];

for (const [call, words] of CASES) {
  it(`${call.operation} as a line`, () => {
    const line = callText(call);
    if (process.platform === "win32") return assert.ok(line.startsWith(words.slice(0, 3).join(" ")));
    const said = execFileSync("/bin/sh", ["-c", `printf '%s\\n' ${line}`], { encoding: "utf8" });
    assert.deepEqual(said.trimEnd().split("\n"), words);
  });
}
