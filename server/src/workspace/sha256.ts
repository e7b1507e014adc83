/** SHA-256 of a text in UTF-8, in hexadecimal: how master copies name what they hold. */
import { createHash } from "node:crypto";
import type { Hash } from "../account/master-copy.js";

export const sha256: Hash = (text) => createHash("sha256").update(text, "utf8").digest("hex");
