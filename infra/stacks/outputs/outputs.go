// Package outputs has the names of what the stacks say of themselves, for whoever operates a centre. It knows no CDK.
package outputs

// Outputs of stacks, by the key that CloudFormation lists.
const (
	Table        = "TableName"          // of <prefix>-data
	Files        = "FilesName"          // of <prefix>-data: the bucket
	UserPool     = "UserPoolId"         // of <prefix>-identity
	PublicURL    = "PublicURL"          // of <prefix>-front
	Distribution = "DistributionDomain" // of <prefix>-front: what a domain of the centre's own points to
)
