/** The wire formats that AWS's services speak: forms in, XML out for IAM and STS; XML for S3; JSON for Access Analyzer. */
import type { IncomingMessage, ServerResponse } from "node:http";

export interface Received {
  /** The service that the request is signed for, such as `iam`. */
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly type:
    | "text/xml"
    | "application/xml"
    | "application/json"
    | "text/html"
    | "application/octet-stream";
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Fields = Readonly<Record<string, unknown>>;

export const REQUEST_ID = "c6104cbe-af31-11e0-8154-cbc7ccf896c7";

export async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? "/", "http://stand-in");
  const [, accessKeyId = "", region = "", service = ""] =
    /Credential=([^/]*)\/\d+\/([^/]*)\/([^/]*)\//.exec(request.headers.authorization ?? "") ?? [];
  return {
    service,
    region,
    accessKeyId,
    method: request.method ?? "",
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: request.headers,
    body: unchunked(Buffer.concat(chunks), request.headers),
  };
}

/** Bodies with a trailing checksum come in signed chunks: `SIZE;chunk-signature=…`, the bytes, and a last one of none. */
function unchunked(bytes: Buffer, headers: IncomingMessage["headers"]): string {
  if (!/aws-chunked/.test(headers["content-encoding"] ?? "")) return bytes.toString("utf8");
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString(), 16);
    if (!size) break;
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts).toString("utf8");
}

export function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, { "content-type": type, "x-amzn-requestid": REQUEST_ID, ...headers });
  response.end(body);
}

/** `A.member.1.B=c` is `{ A: [{ B: "c" }] }`. */
export function readForm(body: string): Fields {
  const root: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.split(".");
    let at = root;
    for (const step of path.slice(0, -1)) {
      at[step] ??= {};
      at = at[step] as Record<string, unknown>;
    }
    at[path.at(-1) ?? ""] = value;
  }
  return listed(root) as Fields;
}

function listed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Fields;
  if (typeof fields["member"] === "object") {
    const items = Object.entries(fields["member"] as Fields).sort(([a], [b]) => Number(a) - Number(b));
    return items.map(([, item]) => listed(item));
  }
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, listed(item)]));
}

/** Lists are `member` elements, as in the Query protocol, unless `item` says otherwise. */
export function xml(value: unknown, item = "member"): string {
  if (Array.isArray(value)) return value.map((it) => `<${item}>${xml(it, item)}</${item}>`).join("");
  if (typeof value === "object" && value !== null)
    return (
      Object.entries(value)
        .filter(([, it]) => it !== undefined)
        // A map is a list of entries.
        .map(([key, it]) =>
          key === "entry" && Array.isArray(it) ? xml(it, "entry") : `<${key}>${xml(it, item)}</${key}>`,
        )
        .join("")
    );
  return String(value ?? "").replace(/[<>&"\r\n]/g, (it) => `&#${it.charCodeAt(0)};`);
}

export function queryAnswer(operation: string, result: Fields | undefined, version: string): Answer {
  const namespace = `https://${version === "2011-06-15" ? "sts" : "iam"}.amazonaws.com/doc/${version}/`;
  const inner = result === undefined ? "" : `<${operation}Result>${xml(result)}</${operation}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata>`;
  return {
    status: 200,
    type: "text/xml",
    body: `<${operation}Response xmlns="${namespace}">${inner}${metadata}</${operation}Response>`,
  };
}

/** What went wrong, as AWS names it. */
export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** The same failure, as each service writes it. */
export function failed(service: string, { status, code, message }: Failure): Answer {
  const detail = xml({ Code: code, Message: message });
  if (service === "s3") {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error>${detail}<RequestId>${REQUEST_ID}</RequestId></Error>`;
    return { status, type: "application/xml", body };
  }
  if (service === "access-analyzer") {
    const headers = { "x-amzn-errortype": code };
    return { status, type: "application/json", body: JSON.stringify({ message }), headers };
  }
  const type = status < 500 ? "Sender" : "Receiver";
  const body = `<ErrorResponse><Error><Type>${type}</Type>${detail}</Error><RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`;
  return { status, type: "text/xml", body };
}

export const HTML_NOT_FOUND: Answer = {
  status: 404,
  type: "text/html",
  body: "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server.</p>\n",
};
