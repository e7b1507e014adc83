/** `BinaryEquals`: the policy holds Base64; the request holds the bytes, as Base64 too or as plain text. */
import { readBase64 } from "../../policy/condition-values.js";
import { anyOf } from "./value.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

interface Binary {
  readonly asBase64: string | undefined;
  readonly asText: string;
}

export const binaryEquals = anyOf<Binary>(
  (text) => ({ asBase64: readBase64(text), asText: encode(text) }),
  (requested, wanted) =>
    wanted.asBase64 !== undefined &&
    (requested.asBase64 === wanted.asBase64 || requested.asText === wanted.asBase64),
);

/** The Base64, without padding, of the text's UTF-8 bytes. */
function encode(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let encoded = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const triple = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(bytes.length - i, 3) + 1;
    for (let digit = 0; digit < digits; digit++) encoded += ALPHABET[(triple >> (18 - 6 * digit)) & 63];
  }
  return encoded;
}
