/**
 * Lays JSON text out anew, one part a line, as the AWS console does. It changes white space between the parts and
 * nothing else: comments, placeholders and mistakes stay. What is not sound enough to be told apart stays as it is.
 */
import type { Edit, Span } from "../span.js";
import type { ContainerNode, MemberNode, Tree, ValueNode } from "../tree.js";

export interface FormatStyle {
  /** One step of indentation. */
  readonly indent: string;
  /** End the text with a line break. */
  readonly insertFinalNewline?: boolean;
  /** Leave no more than one line break at the end. */
  readonly trimFinalNewlines?: boolean;
}

/** What stands between two values, but for the white space. */
interface Piece extends Span {
  readonly type: "," | ":" | "line-comment" | "block-comment";
  /** Line breaks in front of it. */
  readonly breaks: number;
}

interface Gap extends Span {
  readonly pieces: readonly Piece[];
  /** Line breaks behind the last piece. */
  readonly breaks: number;
}

/**
 * The edits that lay the text out; none where it is laid out already.
 * @param parse reads the result, to see that it still says the same
 */
export function formatJson(tree: Tree, style: FormatStyle, parse: (text: string) => Tree): readonly Edit[] {
  const before = meaning(tree);
  for (const wary of [false, true]) {
    const { edits, result } = new Formatter(tree, style, wary).format();
    if (edits.length === 0 || meaning(parse(result)) === before) return edits;
  }
  return [];
}

/** Problems after which it is a guess where a container ends. */
const UNBALANCED = new Set(["missing-bracket", "mismatched-bracket", "stray-text", "deep-nesting"]);
const TRIVIA = /([ \t\r\n]+)|(\/\/[^\r\n]*|#[^\r\n]*)|(\/\*[\s\S]*?\*\/)|([,:])|([\s\S])/g;

class Formatter {
  readonly #edits: Edit[] = [];
  readonly #text: string;
  readonly #newline: string;
  readonly #unsound: readonly Span[];
  #result = "";
  /** How the current line of the result begins. */
  #line = "";

  constructor(
    private readonly tree: Tree,
    private readonly style: FormatStyle,
    /** Does every mistake count, or only those that make the brackets a guess? */
    wary: boolean,
  ) {
    this.#text = tree.text;
    this.#newline = tree.text.includes("\r\n") ? "\r\n" : "\n";
    this.#unsound = tree.problems.filter(({ code }) => wary || UNBALANCED.has(code));
  }

  format(): { readonly edits: readonly Edit[]; readonly result: string } {
    const { root } = this.tree;
    const end = this.#text.length;
    if (root === undefined) return { edits: [], result: this.#text };
    const head = this.#comments({ start: 0, end: root.start });
    const tail = this.#comments({ start: root.end, end });
    // Behind a stray quote, for one, even what looks like a comment is none.
    const isSound = head !== undefined && tail !== undefined;
    if (isSound) this.#ends(head, false);
    else this.#keep(0, root.start);
    this.#value(root);
    if (isSound) this.#ends(tail, true);
    else this.#keep(root.end, end);
    return { edits: this.#edits, result: this.#result };
  }

  /** `undefined` where something else stands there. */
  #comments(span: Span): Gap | undefined {
    const gap = this.#gap(span);
    return gap?.pieces.some(({ type }) => type === "," || type === ":") === false ? gap : undefined;
  }

  /** What stands in front of the root, or behind it. */
  #ends({ pieces, ...span }: Gap, last: boolean): void {
    let at = span.start;
    for (const piece of pieces) {
      const first = piece.start === at && !last;
      const space = first || (at === 0 && !last) ? "" : this.#before(piece, "");
      this.#replace(at, piece.start, space);
      this.#keep(piece.start, piece.end);
      at = piece.end;
    }
    if (!last) this.#replace(at, span.end, at === span.start ? "" : this.#newline);
    else this.#replace(at, span.end, this.#atEnd(this.#text.slice(at, span.end)));
  }

  #atEnd(space: string): string {
    const { insertFinalNewline = false, trimFinalNewlines = false } = this.style;
    const breaks = space.match(/\r\n|\r|\n/g)?.length ?? 0;
    const wanted = Math.max(trimFinalNewlines ? Math.min(breaks, 1) : breaks, insertFinalNewline ? 1 : 0);
    return this.#newline.repeat(wanted);
  }

  #value(node: ValueNode): void {
    if (node.type === "object" || node.type === "array") this.#container(node);
    else this.#keep(node.start, node.end);
  }

  #container(node: ContainerNode): void {
    const layout = this.#layout(node);
    if (layout === undefined) return this.#asItStands(node);
    const outer = /^[ \t]*/.exec(this.#line)?.[0] ?? "";
    const inner = outer + this.style.indent;
    const children = childrenOf(node);
    this.#keep(node.start, node.start + 1);
    for (const [index, gap] of layout.entries()) {
      const child = children[index];
      this.#separate(gap, inner, child === undefined ? outer : inner, children.length === 0);
      if (child === undefined) break;
      if (child.type === "member") this.#member(child, inner);
      else this.#value(child);
    }
    this.#keep(node.end - 1, node.end);
  }

  #member({ key, value }: MemberNode, indent: string): void {
    this.#keep(key.start, key.end);
    if (value === undefined) return;
    const gap = this.#gap({ start: key.end, end: value.start });
    const ownLine = this.#newline + indent;
    let at = key.end;
    let comment = false;
    for (const piece of gap?.pieces ?? []) {
      this.#replace(
        at,
        piece.start,
        comment ? ownLine : piece.type === ":" ? "" : this.#before(piece, indent),
      );
      this.#keep(piece.start, piece.end);
      at = piece.end;
      comment = piece.type === "line-comment";
    }
    this.#replace(at, value.start, comment ? ownLine : " ");
    this.#value(value);
  }

  /** Commas and comments between two parts, each part on its own line. */
  #separate(gap: Gap, indent: string, closing: string, empty: boolean): void {
    let at = gap.start;
    let previous: Piece | undefined;
    for (const piece of gap.pieces) {
      const commaAfterComment = piece.type === "," && previous?.type === "line-comment";
      const space =
        piece.type !== "," ? this.#before(piece, indent) : commaAfterComment ? this.#newline + indent : "";
      this.#replace(at, piece.start, space);
      this.#keep(piece.start, piece.end);
      at = piece.end;
      previous = piece;
    }
    const joined = previous?.type === "block-comment" && gap.breaks === 0;
    const space = joined ? " " : this.#newline + closing;
    this.#replace(at, gap.end, empty && previous === undefined ? "" : space);
  }

  /** A comment stays on the line where it stands, or keeps its own, with a blank one above it. */
  #before({ breaks }: Piece, indent: string): string {
    if (breaks === 0) return " ";
    return this.#newline.repeat(Math.min(breaks, 2)) + indent;
  }

  /** Changes nothing, but for the containers in it that are sound. */
  #asItStands(node: ContainerNode): void {
    let at = node.start;
    for (const child of childrenOf(node)) {
      const value = child.type === "member" ? child.value : child;
      if (value?.type !== "object" && value?.type !== "array") continue;
      this.#keep(at, value.start);
      this.#container(value);
      at = value.end;
    }
    this.#keep(at, node.end);
  }

  /** The gaps before each part and before the closing bracket; `undefined` where something else stands in them. */
  #layout(node: ContainerNode): readonly Gap[] | undefined {
    const [open, close] = node.type === "object" ? "{}" : "[]";
    const text = this.#text;
    if (text[node.start] !== open || text[node.end - 1] !== close || node.end - node.start < 2)
      return undefined;
    if (this.#unsound.some(({ start, end }) => node.start <= start && end <= node.end)) return undefined;
    const gaps: Gap[] = [];
    let at = node.start + 1;
    for (const child of childrenOf(node)) {
      const gap = this.#gap({ start: at, end: child.start });
      if (gap === undefined || gap.pieces.some(({ type }) => type === ":")) return undefined;
      gaps.push(gap);
      if (child.type === "member" && !this.#isWhole(child)) return undefined;
      at = child.end;
    }
    const last = at <= node.end - 1 ? this.#gap({ start: at, end: node.end - 1 }) : undefined;
    if (last === undefined || last.pieces.some(({ type }) => type === ":")) return undefined;
    gaps.push(last);
    return gaps;
  }

  #isWhole({ start, end, key, value }: MemberNode): boolean {
    if (value === undefined || start !== key.start || end !== value.end) return false;
    const pieces = this.#gap({ start: key.end, end: value.start })?.pieces;
    const marks = pieces?.filter(({ type }) => type === "," || type === ":").map(({ type }) => type);
    return marks?.join("") === ":";
  }

  #gap({ start, end }: Span): Gap | undefined {
    const pieces: Piece[] = [];
    let breaks = 0;
    for (const match of this.#text.slice(start, end).matchAll(TRIVIA)) {
      const [all, space, line, block, mark] = match;
      const at = start + match.index;
      if (space !== undefined) {
        breaks = space.match(/\r\n|\r|\n/g)?.length ?? 0;
        continue;
      }
      const type = line !== undefined ? "line-comment" : block !== undefined ? "block-comment" : mark;
      if (type === undefined) return undefined;
      pieces.push({ type: type as Piece["type"], start: at, end: at + all.length, breaks });
      breaks = 0;
    }
    return { start, end, pieces, breaks };
  }

  #keep(start: number, end: number): void {
    this.#emit(this.#text.slice(start, end));
  }

  #replace(start: number, end: number, newText: string): void {
    if (this.#text.slice(start, end) !== newText) this.#edits.push({ start, end, newText });
    this.#emit(newText);
  }

  #emit(text: string): void {
    this.#result += text;
    const lineBreak = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r"));
    if (lineBreak >= 0) this.#line = text.slice(lineBreak + 1);
    // Only the white space that it begins with is ever asked for.
    else if (/^[ \t]*$/.test(this.#line)) this.#line += text;
  }
}

function childrenOf(node: ContainerNode): readonly (MemberNode | ValueNode)[] {
  return node.type === "object" ? node.members : node.items;
}

/** The values with their keys, and what is wrong: everything but where it stands. */
function meaning({ root, problems }: Tree): string {
  const parts: unknown[] = problems.map(({ code, text }) => [code, text.replace(/\s+/g, " ")]);
  const visit = (node: ValueNode | undefined): unknown => {
    if (node?.type === "object") return node.members.map(({ key, value }) => [key.value, visit(value)]);
    if (node?.type === "array") return [null, ...node.items.map(visit)];
    return node === undefined || !("value" in node) ? node?.type : node.value;
  };
  parts.push(visit(root));
  return JSON.stringify(parts);
}
