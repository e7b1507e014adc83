// Actions that one task takes together, as AWS's documentation lists them: whoever has written some of them usually wants
// the rest. AWS's own managed policies show little of it, as its services read no buckets in the console.
const LISTED = [
  // The list of buckets in the console, and a bucket's tabs.
  "s3 ListAllMyBuckets GetBucketLocation GetBucketPolicyStatus GetBucketPublicAccessBlock GetAccountPublicAccessBlock GetBucketAcl ListAccessPoints ListBucketVersions",
  "s3 GetBucketVersioning GetBucketTagging GetEncryptionConfiguration GetBucketLogging GetBucketNotification GetBucketPolicy GetBucketPolicyStatus GetBucketAcl GetBucketCORS GetBucketWebsite GetLifecycleConfiguration GetReplicationConfiguration GetBucketOwnershipControls GetBucketObjectLockConfiguration",
  "s3 ListAccessPoints ListAccessPointsForObjectLambda ListMultiRegionAccessPoints GetAccessPoint GetAccessPointPolicy",
  "s3 ListStorageLensConfigurations GetStorageLensConfiguration PutStorageLensConfiguration GetStorageLensDashboard",
  "s3 ListJobs DescribeJob CreateJob UpdateJobPriority UpdateJobStatus",
  "s3 GetObject GetObjectVersion GetObjectAcl GetObjectTagging GetObjectAttributes GetObjectVersionAttributes",
  "s3 PutObject GetObject DeleteObject ListBucket GetBucketLocation PutObjectAcl",
  "s3 AbortMultipartUpload ListMultipartUploadParts ListBucketMultipartUploads PutObject",
  "s3 GetReplicationConfiguration GetObjectVersionForReplication GetObjectVersionAcl GetObjectVersionTagging ReplicateObject ReplicateDelete ReplicateTags ListBucket",
  // The bucket that another service writes to, as Firehose's and Athena's pages have it.
  "s3 AbortMultipartUpload GetBucketLocation GetObject ListBucket ListBucketMultipartUploads ListMultipartUploadParts PutObject",
  "s3 PutObject PutObjectAcl PutObjectTagging AbortMultipartUpload ListMultipartUploadParts DeleteObject DeleteObjectVersion",
  "s3 GetObject GetObjectVersion RestoreObject",
  "s3 ReplicateObject ReplicateDelete ReplicateTags ObjectOwnerOverrideToBucketOwner GetBucketVersioning PutBucketVersioning",
  // The console's pages beside the list of buckets.
  "s3 ListAllMyBuckets ListAccessPoints ListAccessPointsForObjectLambda ListMultiRegionAccessPoints ListJobs ListStorageLensConfigurations",
  // What is kept from the hands of others.
  "s3 PutBucketPublicAccessBlock PutAccountPublicAccessBlock PutBucketPolicy DeleteBucketPolicy PutBucketAcl PutObjectAcl PutAccessPointPublicAccessBlock",
  "s3 CreateBucket PutBucketAcl PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock PutBucketVersioning PutEncryptionConfiguration PutBucketTagging PutLifecycleConfiguration",
  "logs CreateLogGroup CreateLogStream PutLogEvents DescribeLogGroups DescribeLogStreams",
  "ec2 CreateNetworkInterface DescribeNetworkInterfaces DeleteNetworkInterface AssignPrivateIpAddresses UnassignPrivateIpAddresses DescribeSubnets DescribeSecurityGroups DescribeVpcs",
  "ec2 StartInstances StopInstances RebootInstances TerminateInstances RunInstances DescribeInstances DescribeInstanceStatus",
  "ecr GetAuthorizationToken BatchCheckLayerAvailability GetDownloadUrlForLayer BatchGetImage",
  "ecr InitiateLayerUpload UploadLayerPart CompleteLayerUpload PutImage BatchCheckLayerAvailability GetAuthorizationToken",
  "kms Encrypt Decrypt ReEncrypt* GenerateDataKey* DescribeKey GenerateDataKey GenerateDataKeyWithoutPlaintext",
  "kms CreateGrant ListGrants RevokeGrant",
  "kms Create* Describe* Enable* List* Put* Update* Revoke* Disable* Get* Delete* TagResource UntagResource ScheduleKeyDeletion CancelKeyDeletion",
  "dynamodb GetItem PutItem UpdateItem DeleteItem Query Scan BatchGetItem BatchWriteItem DescribeTable",
  "dynamodb DescribeStream GetRecords GetShardIterator ListStreams",
  "kinesis DescribeStream DescribeStreamSummary GetRecords GetShardIterator ListShards ListStreams SubscribeToShard",
  "kinesis PutRecord PutRecords",
  "sqs ReceiveMessage DeleteMessage GetQueueAttributes ChangeMessageVisibility GetQueueUrl",
  "sqs SendMessage GetQueueUrl GetQueueAttributes",
  "sns Publish Subscribe Unsubscribe ListTopics GetTopicAttributes CreateTopic",
  "ssm GetParameter GetParameters GetParametersByPath DescribeParameters",
  "ssmmessages CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel",
  "secretsmanager GetSecretValue DescribeSecret ListSecrets ListSecretVersionIds GetResourcePolicy",
  "lambda InvokeFunction CreateFunction UpdateFunctionCode UpdateFunctionConfiguration GetFunction ListFunctions DeleteFunction AddPermission",
  "cloudformation CreateStack UpdateStack DeleteStack DescribeStacks DescribeStackEvents CreateChangeSet ExecuteChangeSet DescribeChangeSet DeleteChangeSet ValidateTemplate",
  "ecs RegisterTaskDefinition DescribeServices UpdateService DescribeTaskDefinition DescribeTasks ListTasks RunTask StopTask",
  "codebuild StartBuild BatchGetBuilds StopBuild CreateReportGroup CreateReport UpdateReport BatchPutTestCases BatchPutCodeCoverages",
  "cloudwatch PutMetricData GetMetricData GetMetricStatistics ListMetrics DescribeAlarms PutMetricAlarm DeleteAlarms",
  "iam CreateVirtualMFADevice DeleteVirtualMFADevice EnableMFADevice DeactivateMFADevice ResyncMFADevice ListMFADevices ListVirtualMFADevices GetMFADevice",
  "iam CreateAccessKey DeleteAccessKey ListAccessKeys UpdateAccessKey GetAccessKeyLastUsed",
  "iam CreateServiceSpecificCredential DeleteServiceSpecificCredential ListServiceSpecificCredentials ResetServiceSpecificCredential UpdateServiceSpecificCredential",
  "iam DeleteSSHPublicKey GetSSHPublicKey ListSSHPublicKeys UpdateSSHPublicKey UploadSSHPublicKey",
  "iam ChangePassword GetUser GetAccountPasswordPolicy GetAccountSummary ListUsers",
  "iam CreateRole PutRolePolicy AttachRolePolicy DetachRolePolicy DeleteRolePolicy DeleteRole GetRole GetRolePolicy PassRole TagRole",
  "iam CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion SetDefaultPolicyVersion GetPolicy GetPolicyVersion ListPolicyVersions",
  "aws-portal ViewBilling ViewUsage ViewAccount ViewPaymentMethods",
  "sts AssumeRole TagSession SetSourceIdentity GetCallerIdentity",
];

/** Full names of actions, by task. */
export const TASKS = LISTED.map((task) => {
  const [service, ...names] = task.split(" ");
  return names.map((name) => `${service}:${name}`);
});
