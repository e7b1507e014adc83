/**
 * One call that changes an account, in the words of AWS's API: what a plan lists is what is sent, to AWS or to a
 * snapshot file. Inputs have the shapes of
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html.
 */

/** The inputs of the operations of IAM, by operation. */
export interface IamInputs {
  readonly CreateUser: Named<"UserName"> & Placed & Tagged & { readonly PermissionsBoundary?: string };
  readonly DeleteUser: Named<"UserName">;
  readonly TagUser: Named<"UserName"> & WithTags;
  readonly UntagUser: Named<"UserName"> & WithTagKeys;
  readonly PutUserPermissionsBoundary: Named<"UserName"> & { readonly PermissionsBoundary: string };
  readonly DeleteUserPermissionsBoundary: Named<"UserName">;
  readonly PutUserPolicy: Named<"UserName"> & Inline;
  readonly DeleteUserPolicy: Named<"UserName"> & Named<"PolicyName">;
  readonly AttachUserPolicy: Named<"UserName"> & Named<"PolicyArn">;
  readonly DetachUserPolicy: Named<"UserName"> & Named<"PolicyArn">;

  readonly CreateGroup: Named<"GroupName"> & Placed;
  readonly DeleteGroup: Named<"GroupName">;
  readonly AddUserToGroup: Named<"GroupName"> & Named<"UserName">;
  readonly RemoveUserFromGroup: Named<"GroupName"> & Named<"UserName">;
  readonly PutGroupPolicy: Named<"GroupName"> & Inline;
  readonly DeleteGroupPolicy: Named<"GroupName"> & Named<"PolicyName">;
  readonly AttachGroupPolicy: Named<"GroupName"> & Named<"PolicyArn">;
  readonly DetachGroupPolicy: Named<"GroupName"> & Named<"PolicyArn">;

  readonly CreateRole: Named<"RoleName"> &
    Placed &
    Tagged & {
      readonly AssumeRolePolicyDocument: string;
      readonly Description?: string;
      /** Seconds. */
      readonly MaxSessionDuration?: number;
      readonly PermissionsBoundary?: string;
    };
  readonly UpdateRole: Named<"RoleName"> & {
    readonly Description?: string;
    /** Seconds. */
    readonly MaxSessionDuration?: number;
  };
  readonly DeleteRole: Named<"RoleName">;
  readonly UpdateAssumeRolePolicy: Named<"RoleName"> & { readonly PolicyDocument: string };
  readonly TagRole: Named<"RoleName"> & WithTags;
  readonly UntagRole: Named<"RoleName"> & WithTagKeys;
  readonly PutRolePermissionsBoundary: Named<"RoleName"> & { readonly PermissionsBoundary: string };
  readonly DeleteRolePermissionsBoundary: Named<"RoleName">;
  readonly PutRolePolicy: Named<"RoleName"> & Inline;
  readonly DeleteRolePolicy: Named<"RoleName"> & Named<"PolicyName">;
  readonly AttachRolePolicy: Named<"RoleName"> & Named<"PolicyArn">;
  readonly DetachRolePolicy: Named<"RoleName"> & Named<"PolicyArn">;

  readonly CreateInstanceProfile: Named<"InstanceProfileName"> & Placed;
  readonly DeleteInstanceProfile: Named<"InstanceProfileName">;
  readonly AddRoleToInstanceProfile: Named<"InstanceProfileName"> & Named<"RoleName">;
  readonly RemoveRoleFromInstanceProfile: Named<"InstanceProfileName"> & Named<"RoleName">;

  readonly CreatePolicy: Named<"PolicyName"> &
    Placed &
    Tagged & { readonly PolicyDocument: string; readonly Description?: string };
  /** AWS numbers the version; a call that sets the default makes it the policy in force. */
  readonly CreatePolicyVersion: Named<"PolicyArn"> & {
    readonly PolicyDocument: string;
    readonly SetAsDefault: boolean;
  };
  readonly SetDefaultPolicyVersion: Named<"PolicyArn"> & Named<"VersionId">;
  readonly DeletePolicyVersion: Named<"PolicyArn"> & Named<"VersionId">;
  readonly DeletePolicy: Named<"PolicyArn">;
  readonly TagPolicy: Named<"PolicyArn"> & WithTags;
  readonly UntagPolicy: Named<"PolicyArn"> & WithTagKeys;
}

/** The inputs of the operations of S3, by operation. */
export interface S3Inputs {
  readonly PutBucketPolicy: Named<"Bucket"> & { readonly Policy: string };
  readonly DeleteBucketPolicy: Named<"Bucket">;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export type IamCall = CallOf<"iam", IamInputs>;
export type S3Call = CallOf<"s3", S3Inputs>;
export type ApiCall = IamCall | S3Call;

/** A distributive pair of operation and input. */
type CallOf<Service extends string, Inputs> = {
  readonly [Operation in keyof Inputs]: {
    readonly service: Service;
    readonly operation: Operation;
    readonly input: Inputs[Operation];
  };
}[keyof Inputs];

type Named<Key extends string> = { readonly [K in Key]: string };
/** `/` unless said. */
interface Placed {
  readonly Path?: string;
}
interface Tagged {
  readonly Tags?: readonly Tag[];
}
interface WithTags {
  readonly Tags: readonly Tag[];
}
interface WithTagKeys {
  readonly TagKeys: readonly string[];
}
type Inline = Named<"PolicyName"> & { readonly PolicyDocument: string };
