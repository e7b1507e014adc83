/** A cell of the matrix looks at two of those users whom no policy tells apart: it must say what looking at all of them says. */
import assert from "node:assert/strict";
import { posix } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { matrixRows, together } from "../../server/src/account/matrix.js";
import { findPrincipal } from "../../server/src/account/principal.js";
import { resourcesAtStake } from "../../server/src/account/resources-at-stake.js";
import { AccountFiles } from "../../server/src/workspace/account-files.js";
import { fakeCatalogue } from "../catalogue/fake.js";
import { ID, statements } from "./small-world.js";

const catalogue = fakeCatalogue();
const USERS = ["bob", "bobby", "cy", "dan", "eve", "fay", "ana", "anabel"];
const ACTIONS = ["iam:GetUser", "iam:CreateAccessKey"];
const HOME = `arn:aws:iam::${ID}:user`;
const RESOURCES = [
  "*",
  `${HOME}/*`,
  `${HOME}/ana*`,
  `${HOME}/?ob*`,
  `${HOME}/cy`,
  "arn:*:iam::*:user/e*",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is a policy variable.
  "arn:aws:iam::*:user/${aws:username}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is a policy variable.
  "arn:aws:iam::*:user/${aws:username}*",
  "arn:aws:iam::*:group/*",
];

const CONDITIONS = [
  ["Bool", "aws:MultiFactorAuthPresent", "true"],
  ["StringLike", "aws:username", "a*"],
] as const;

function accountOf(policies: readonly (readonly object[])[], path: string) {
  const users = Object.fromEntries(
    USERS.map((name, index) => {
      const own = policies[index % policies.length] ?? [];
      const policy = { Version: "2012-10-17", Statement: own };
      return [name, { ...(path !== "" && { path }), inline: { own: policy } }];
    }),
  );
  const text = JSON.stringify({ account: ID, users });
  const files = new AccountFiles(
    { readFile: () => text, parentFolder: posix.dirname, join: posix.join },
    (path) => path,
  );
  const { account, problems } = files.account("iam-account.json");
  assert.deepEqual(problems, []);
  assert.ok(account !== undefined);
  return account;
}

describe("users whom no policy tells apart", () => {
  it("are looked at twice, however many they are", () => {
    const statement = { Effect: "Allow", Action: ACTIONS, Resource: [`${HOME}/ana*`, RESOURCES[6]] };
    const atStake = resourcesAtStake(accountOf([[statement]], ""), catalogue)("iam:GetUser");
    const names = atStake.map((it) => it.slice(it.lastIndexOf("/") + 1));
    assert.deepEqual(
      USERS.filter((it) => names.includes(it)),
      ["bob", "bobby", "ana", "anabel"],
    );
  });

  it("change no cell", () => {
    fc.assert(
      fc.property(
        fc.array(
          statements({ actions: [...ACTIONS, "iam:*"], resources: RESOURCES, conditions: CONDITIONS }),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
        fc.constantFrom("", "", "/team/"),
        (policies, path) => {
          const account = accountOf(policies, path);
          const principals = USERS.flatMap((name) => {
            const found = findPrincipal(account, `user/${name}`);
            return found.ok ? [found.principal] : [];
          });
          const asked = { principals, actions: ACTIONS, context: {} };
          const atStake = resourcesAtStake(account, catalogue);
          const everybody = [...account.users.values()].map(({ arn }) => arn);
          const short = [...matrixRows(account, { ...asked, resources: [] }, catalogue)];
          principals.forEach((principal, row) => {
            ACTIONS.forEach((action, column) => {
              const resources = [...new Set([...atStake(action), ...everybody])];
              const one = { principals: [principal], actions: [action], context: {}, resources };
              const cells = [...matrixRows(account, one, catalogue)].flatMap((it) => it.cells);
              assert.equal(short[row]?.cells[column], together(cells), `${principal.name} ${action}`);
            });
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});
