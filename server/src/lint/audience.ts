/** Condition keys for the audience of a token: the application that an OpenID Connect provider made it for. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { isKeyTemplate } from "../catalogue/key-template.js";
import { GITHUB } from "../policy/federated-provider.js";

const AUDIENCE = /^[^:]+\.[^:]+:o?aud$/i;

/** Whose audience a key is: of an issuer that AWS knows to send one value, or of any other; `undefined` for other keys. */
export function audienceOf(key: string, catalogue: Catalogue): "known issuer" | "other issuer" | undefined {
  if (!AUDIENCE.test(key)) return undefined;
  const found = catalogue.conditionKey(key);
  const known = found !== undefined && !isKeyTemplate(found.key);
  return known || key.toLowerCase().startsWith(`${GITHUB}:`) ? "known issuer" : "other issuer";
}
