/** Where newcomers begin: what the walkthrough and the welcome views lead to is there, and ships. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, it } from "node:test";

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
const commands = new Set(contributes.commands.map(({ command }: { command: string }) => command));
const shipped = readFileSync(".vscodeignore", "utf8");

const [walkthrough] = contributes.walkthroughs;

/** Of buttons and links, without the arguments. */
const leadsTo = (text: string): readonly string[] =>
  [...text.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command!);

describe("the walkthrough", () => {
  it("has six steps, each with a picture that ships, and commands that there are", () => {
    assert.equal(walkthrough.steps.length, 6);
    for (const { id, description, media, completionEvents } of walkthrough.steps) {
      const page: string = media.markdown;
      const pictures = [...readFileSync(page, "utf8").matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)];
      assert.ok(pictures.length > 0, id);
      for (const [, path] of pictures) {
        const picture = posix.join(posix.dirname(page), path!);
        assert.ok(existsSync(picture), picture);
        assert.match(picture, /^docs\/images\/[^/]+\.png$/, "pictures from elsewhere are not there offline");
      }
      const named = [...leadsTo(description), ...completionEvents.join().matchAll(/iamPolicy\.\w+/g)].map(
        String,
      );
      assert.ok(leadsTo(description).length > 0, id);
      for (const it of named.filter((command) => command.startsWith("iamPolicy.")))
        assert.ok(commands.has(it), it);
    }
    assert.match(shipped, /^!client\/walkthrough\/\*\*$/m);
    assert.match(shipped, /^!docs\/images\/\*\.png$/m);
  });
});

describe("the welcome views", () => {
  it("begin in an empty window, in the Test Explorer and with an account of AWS", () => {
    const views = contributes.viewsWelcome.map(({ view }: { view: string }) => view);
    assert.deepEqual([...new Set(views)].sort(), ["explorer", "iamPolicy.account", "testing"]);
  });

  it("lead to commands that there are, and to the walkthrough", () => {
    for (const { contents } of contributes.viewsWelcome) {
      for (const it of leadsTo(contents)) if (it.startsWith("iamPolicy.")) assert.ok(commands.has(it), it);
      for (const [, args] of contents.matchAll(/openWalkthrough\?([^)]+)/g)) {
        const { publisher, name } = JSON.parse(readFileSync("package.json", "utf8"));
        assert.deepEqual(JSON.parse(decodeURIComponent(args)), [
          `${publisher}.${name}#${walkthrough.id}`,
          false,
        ]);
      }
    }
  });
});
