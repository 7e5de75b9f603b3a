// Package workflows holds the state machines, in Amazon States Language. AWS and the one-machine runner take the
// same files; ${WorkflowFunctionArn} in them stands for the function that their tasks call.
package workflows

import "embed"

// Definitions are the files, one a state machine and named by it: ring.asl.json.
//
//go:embed *.asl.json
var Definitions embed.FS
