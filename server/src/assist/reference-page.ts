/** Where AWS tells about a service, its actions, and the policy language. It asks no network whether it does. */
import type { Action, Service } from "../catalogue/catalogue.js";

const REFERENCE = "https://docs.aws.amazon.com/service-authorization/latest/reference/";
const USER_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";

/** AWS names its pages after the services: `Amazon S3` is on `list_amazons3.html`. */
export function servicePage({ name }: Pick<Service, "name">): string {
  return `${REFERENCE}list_${slugOf(name)}.html`;
}

export function actionPage(service: Pick<Service, "name">, { name }: Pick<Action, "name">): string {
  return `${servicePage(service)}#${slugOf(service.name)}-${name}`;
}

/** A page of IAM's guide, such as `reference_policies_variables`. */
export function userGuidePage(page: string): string {
  return `${USER_GUIDE}${page}.html`;
}

function slugOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
