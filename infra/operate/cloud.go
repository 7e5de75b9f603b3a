package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/smithy-go"

	"guichet/infra/stacks/outputs"
	"guichet/shared/config"
	"guichet/shared/store"
)

// errNotDeployed is of a centre whose stacks are not there yet.
var errNotDeployed = errors.New("deploy it first (make deploy)")

// cloud is a centre in AWS.
type cloud struct {
	store *store.Store
	pool  *pool
	// settle lets the time pass in which functions know the centre as it was.
	settle func(context.Context) error
}

// openCloud finds a centre by its prefix, in the account of the credentials and in the Region that the file says, else in theirs.
func openCloud(ctx context.Context, d config.Deployment) (*cloud, error) {
	cfg, err := awsconfig.LoadDefaultConfig(ctx, awsconfig.WithRegion(d.Region))
	if err != nil {
		return nil, fmt.Errorf("read the AWS credentials: %w", err)
	}
	return findCloud(ctx, cfg, d.Prefix)
}

func findCloud(ctx context.Context, cfg aws.Config, prefix string) (*cloud, error) {
	stacks := cloudformation.NewFromConfig(cfg)
	table, err := output(ctx, stacks, prefix+"-data", outputs.Table)
	if err != nil {
		return nil, err
	}
	people, err := output(ctx, stacks, prefix+"-identity", outputs.UserPool)
	if err != nil {
		return nil, err
	}
	return &cloud{
		store:  store.New(dynamodb.NewFromConfig(cfg), table),
		pool:   &pool{client: cognitoidentityprovider.NewFromConfig(cfg), id: people},
		settle: settle,
	}, nil
}

// settleTime is longer than a function trusts what it has read: one may be at work with it.
const settleTime = store.DirectoryLifetime + 15*time.Second

func settle(ctx context.Context) error {
	select {
	case <-time.After(settleTime):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// output reads an output of a stack.
func output(ctx context.Context, client *cloudformation.Client, stack, name string) (string, error) {
	found, err := client.DescribeStacks(ctx, &cloudformation.DescribeStacksInput{StackName: &stack})
	var refused smithy.APIError
	if errors.As(err, &refused) && refused.ErrorCode() == "ValidationError" && strings.Contains(refused.ErrorMessage(), "does not exist") {
		return "", fmt.Errorf("there is no stack %s in this account and Region: %w", stack, errNotDeployed)
	}
	if err != nil {
		return "", fmt.Errorf("look at stack %s: %w", stack, err)
	}
	for _, s := range found.Stacks {
		for _, o := range s.Outputs {
			if aws.ToString(o.OutputKey) == name {
				return aws.ToString(o.OutputValue), nil
			}
		}
	}
	return "", fmt.Errorf("stack %s does not say its %s: deploy it again (make deploy)", stack, name)
}

// changes are what a file would change in a centre: in its configuration, and in who may sign in.
type changes struct {
	centre *config.Plan
	people []personChange
}

func (c *changes) none() bool { return len(c.centre.Changes) == 0 && len(c.people) == 0 }

func (c *changes) String() string {
	if c.none() {
		return "The centre is what the file says.\n"
	}
	var b strings.Builder
	if len(c.centre.Changes) > 0 {
		fmt.Fprintf(&b, "The centre:\n\n%s\n", c.centre)
	}
	if len(c.people) > 0 {
		b.WriteString("Who may sign in:\n\n")
	}
	for _, p := range c.people {
		fmt.Fprintf(&b, "  %s\n", p)
	}
	return b.String()
}

func (c *cloud) plan(ctx context.Context, centre *config.Centre) (*changes, error) {
	plan, err := config.NewPlan(ctx, c.store, centre)
	if err != nil {
		return nil, fmt.Errorf("compare the file with the centre: %w", err)
	}
	people, err := c.pool.plan(ctx, centre)
	return &changes{centre: plan, people: people}, err
}

// apply changes the centre, and who may sign in after it: nobody is invited to a desk that is not there. It may be repeated.
func (c *cloud) apply(ctx context.Context, ch *changes) error {
	if err := ch.centre.Apply(ctx, c.store, c.settle); err != nil {
		return err
	}
	for _, p := range ch.people {
		if err := c.pool.apply(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
	}
	return nil
}
