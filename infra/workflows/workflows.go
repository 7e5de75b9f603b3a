// Package workflows holds the state machines of the server's timers, the same files on AWS and on one machine.
// The function that they call is functions/workflow; ${WorkflowFunctionArn} stands for it.
package workflows

import "embed"

// Definitions has one file a state machine, in the Amazon States Language: ring.asl.json, wrapup.asl.json.
//
//go:embed *.asl.json
var Definitions embed.FS
