/** Structure and layout as an editor asks for them: each request once, over the server as it ships. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type {
  CodeAction,
  CodeLens,
  DocumentHighlight,
  DocumentLink,
  FoldingRange,
  InlayHint,
  Location,
  Range,
  SelectionRange,
  SemanticTokens,
  SymbolInformation,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { positionsIn } from "../../server/src/workspace/positions.js";
import { startClient, type TestClient } from "./client.js";

const uri = "file:///workspace/policy.json";
const POLICY =
  '{"Version":"2012-10-17",\n"Statement":[{"Sid":"Read","Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';
const positions = positionsIn(POLICY);
const at = (part: string) => positions.position(POLICY.indexOf(part) + 1);
const textAt = ({ start, end }: Range) => POLICY.slice(positions.offset(start), positions.offset(end));
const options = { tabSize: 2, insertSpaces: true };

describe("structure", () => {
  let client: TestClient;
  before(async () => {
    client = await startClient();
    client.open(uri, POLICY);
  });
  after(() => {
    client.stop();
    assert.deepEqual(client.log, []);
  });

  const ask = <R>(method: string, params: object = {}): Promise<R> =>
    client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...params });

  it("lays out a policy", async () => {
    const edits = await ask<TextEdit[]>("formatting", { options });
    assert.equal(apply(POLICY, edits), JSON.stringify(JSON.parse(POLICY), undefined, 2));
  });

  it("lays out the lines that are selected", async () => {
    const range = { start: { line: 1, character: 3 }, end: { line: 1, character: 40 } };
    const edits = await ask<TextEdit[]>("rangeFormatting", { range, options });
    const lines = apply(POLICY, edits).split("\n");
    assert.deepEqual(lines.slice(0, 3), ['{"Version":"2012-10-17",', '  "Statement": [', "    {"]);
  });

  it("folds statements, and shows their names where the client can", async () => {
    const text = JSON.stringify(JSON.parse(POLICY), undefined, 2);
    const folding = await startClient({
      capabilities: { textDocument: { foldingRange: { foldingRange: { collapsedText: true } } } },
    });
    folding.open(uri, text);
    const ranges = await folding.connection.sendRequest<FoldingRange[]>("textDocument/foldingRange", {
      textDocument: { uri },
    });
    assert.deepEqual(ranges, [
      { startLine: 0, endLine: 9 },
      { startLine: 2, endLine: 8 },
      { startLine: 3, endLine: 7, collapsedText: "{ Read …" },
    ]);
    folding.stop();
  });

  it("grows a selection", async () => {
    const [range] = await ask<SelectionRange[]>("selectionRange", { positions: [at("Get*")] });
    const texts: string[] = [];
    for (let it = range; it !== undefined; it = it.parent) texts.push(textAt(it.range));
    assert.deepEqual(texts.slice(0, 3), ["Get*", "s3:Get*", '"s3:Get*"']);
    assert.equal(texts.at(-1), POLICY);
  });

  it("outlines a policy as a list for clients that cannot show a tree", async () => {
    const items = await ask<SymbolInformation[]>("documentSymbol");
    assert.deepEqual(
      items.map(({ name, containerName }) => [containerName, name]),
      [
        [undefined, "Read"],
        ["Read", "Action"],
        ["Read", "Resource"],
      ],
    );
  });

  it("leads from actions to AWS's pages", async () => {
    const [link] = await ask<DocumentLink[]>("documentLink");
    assert.equal(textAt((link as DocumentLink).range), "s3");
    assert.match(link?.target ?? "", /^https:\/\/docs\.aws\.amazon\.com\/.*list_amazons3\.html$/);
  });

  it("highlights, finds and renames", async () => {
    const position = at("Read");
    const [highlight] = await ask<DocumentHighlight[]>("documentHighlight", { position });
    assert.deepEqual([textAt((highlight as DocumentHighlight).range), highlight?.kind], ["Read", 3]);
    const context = { includeDeclaration: false };
    assert.deepEqual(await ask("references", { position, context }), []);
    const prepared = await ask<{ range: Range; placeholder: string }>("prepareRename", { position });
    assert.deepEqual([textAt(prepared.range), prepared.placeholder], ["Read", "Read"]);
    const edit = await ask<WorkspaceEdit>("rename", { position, newName: "ReadAll" });
    const [change] = (edit.documentChanges ?? []) as TextDocumentEdit[];
    assert.equal(apply(POLICY, change?.edits as TextEdit[]), POLICY.replace("Read", "ReadAll"));
    await assert.rejects(ask("rename", { position, newName: "Read all" }), /letters and digits only/);
  });

  it("finds an action or a Sid in policies of the workspace, open or not", async () => {
    const files = new Map([
      [
        "/workspace/closed.json",
        '{ "Statement": [{ "Sid": "Read", "Effect": "Deny", "Action": "S3:get*", "Resource": "*" }] }',
      ],
      ["/workspace/other.json", '{ "s3:Get*": true }'],
    ]);
    const finding = await startClient({ files });
    finding.open(uri, POLICY);
    const find = async (word: string, includeDeclaration: boolean) => {
      const found = await finding.connection.sendRequest<Location[]>("textDocument/references", {
        textDocument: { uri },
        position: at(word),
        context: { includeDeclaration },
      });
      return found.map((it) => it.uri);
    };
    const closed = "file:///workspace/closed.json";
    assert.deepEqual(await find("s3:Get*", true), [uri, closed]);
    assert.deepEqual(await find("Read", true), [uri, closed]);
    assert.deepEqual(await find("Read", false), [closed]);
    finding.stop();
  });

  it("says what the words are", async () => {
    const { data } = await ask<SemanticTokens>("semanticTokens/full");
    const tokens: string[] = [];
    let [line, character] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(i);
      character = lines > 0 ? characters : character + characters;
      line += lines;
      tokens.push(
        `${type} ${textAt({ start: { line, character }, end: { line, character: character + length } })}`,
      );
    }
    assert.deepEqual(tokens, ["0 Allow", "1 s3", "2 Get", "3 *", "3 *"]);
  });

  it("shows what wildcards take in and the size, as far as they are wanted", async () => {
    const range = { start: at("{"), end: positions.position(POLICY.length) };
    const hints = await ask<InlayHint[]>("inlayHint", { range });
    assert.deepEqual(
      hints.map(({ label }) => String(label).replace(/[\d,]+/g, "N")),
      ["N actions", "N of N characters"],
    );
    const quiet = await startClient({
      initializationOptions: { inlayHints: { size: false, wildcardActions: false }, codeLens: false },
    });
    quiet.open(uri, POLICY);
    assert.deepEqual(
      await quiet.connection.sendRequest("textDocument/inlayHint", { textDocument: { uri }, range }),
      [],
    );
    assert.deepEqual(
      await quiet.connection.sendRequest("textDocument/codeLens", { textDocument: { uri } }),
      [],
    );
    quiet.stop();
  });

  it("says above a policy and its statements what they do", async () => {
    const lenses = await ask<CodeLens[]>("codeLens");
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title.split(".")[0]]),
      [
        [0, "Identity policy · Allows s3:Get*"],
        [1, "Allows s3:Get* on every resource"],
      ],
    );
  });

  it("offers refactorings, and only those that are asked for", async () => {
    const range = { start: at("s3:Get*"), end: at("s3:Get*") };
    const kinds = async (only?: string) => {
      const context = { diagnostics: [], ...(only && { only: [only] }) };
      const actions = await ask<CodeAction[]>("codeAction", { range, context });
      return new Set(actions.map(({ kind }) => kind));
    };
    assert.deepEqual(await kinds("refactor.extract"), new Set(["refactor.extract"]));
    assert.ok((await kinds()).has("refactor.rewrite"));
    assert.deepEqual(await kinds("source"), new Set());
  });

  it("leaves JSON that is no policy to the editor", async () => {
    const other = { textDocument: { uri: "file:///workspace/package.json" }, options };
    client.open(other.textDocument.uri, '{"name":"x"}');
    assert.deepEqual(await ask("formatting", other), []);
  });
});

function apply(text: string, edits: readonly TextEdit[]): string {
  const { offset } = positionsIn(text);
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText })),
  );
}
