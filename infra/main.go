// Command infra is the CDK app: it writes the CloudFormation templates of one centre. `cdk` runs it (cdk.json).
package main

import (
	"fmt"
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"guichet/infra/stacks"
)

func main() {
	err := synth()
	jsii.Close()
	if err != nil {
		fmt.Fprintln(os.Stderr, "synth:", err)
		os.Exit(1)
	}
}

func synth() error {
	app := awscdk.NewApp(nil)
	settings, err := stacks.FromContext(app.Node(), ".")
	if err != nil {
		return err
	}
	stacks.AddCenter(app, settings)
	app.Synth(nil)
	return nil
}
