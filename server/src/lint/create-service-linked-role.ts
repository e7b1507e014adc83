/** `iam:CreateServiceLinkedRole`: which patterns for roles are broad. */
import { patternsOverlap } from "../policy/wildcard.js";
import { sensitiveAction, wildResource } from "./broad-grant.js";

export const CREATE_SERVICE_LINKED_ROLE = sensitiveAction({
  name: "iam:CreateServiceLinkedRole",
  key: "iam:awsservicename",
  isBroad(resource) {
    const part = wildResource(resource);
    // The path of such a role names its service.
    return (
      part !== undefined &&
      patternsOverlap(part, "role/aws-service-role/?*") &&
      !/^role\/aws-service-role\/[^/*?]*(?:\/|\.amazonaws\.com)/.test(part)
    );
  },
});
