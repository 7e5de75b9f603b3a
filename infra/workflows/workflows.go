// Package workflows holds the state machines, in Amazon States Language. AWS and the one-machine runner take the
// same files; ${WorkflowFunctionArn} in them stands for the function that their tasks call.
package workflows

import "embed"

// Files are the definitions, one a file, named by the state machine: ring.asl.json.
//
//go:embed *.asl.json
var Files embed.FS
