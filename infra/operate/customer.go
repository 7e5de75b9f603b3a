package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"guichet/infra/stacks/outputs"
	"guichet/shared/objects"
	"guichet/shared/privacy"
	"guichet/shared/store"
)

// customers is where a centre keeps what it knows of its customers.
type customers struct {
	store *store.Store
	files privacy.Files
	now   func() time.Time
}

// runCustomer does what is asked for one customer: export person [folder], or erase person [-yes].
func runCustomer(ctx context.Context, centreFile, command string, options []string, in io.Reader, out io.Writer) error {
	sure := command == "erase" && slices.Contains(options, "-yes")
	if sure {
		options = slices.DeleteFunc(slices.Clone(options), func(o string) bool { return o == "-yes" })
	}
	if len(options) == 0 || len(options) > 2 || command == "erase" && len(options) > 1 {
		_, _ = fmt.Fprint(out, usage)
		return errors.New("one customer is expected")
	}
	person, err := privacy.ParsePerson(options[0])
	if err != nil {
		return err
	}
	centre, err := readCentre(centreFile)
	if err != nil {
		return err
	}
	cfg, err := awsconfig.LoadDefaultConfig(ctx, awsconfig.WithRegion(centre.Deploy.Region))
	if err != nil {
		return fmt.Errorf("read the AWS credentials: %w", err)
	}
	c, err := findCustomers(ctx, cfg, centre.Deploy.Prefix)
	if err != nil {
		return err
	}
	if command == "erase" {
		return c.erase(ctx, person, sure, in, out)
	}
	folder := "export-" + c.now().UTC().Format("2006-01-02T150405Z") // whose it is stays out of the name
	if len(options) == 2 {
		folder = options[1]
	}
	return c.export(ctx, person, folder, out)
}

func findCustomers(ctx context.Context, cfg aws.Config, prefix string) (*customers, error) {
	stacks := cloudformation.NewFromConfig(cfg)
	table, err := output(ctx, stacks, prefix+"-data", outputs.Table)
	if err != nil {
		return nil, err
	}
	bucket, err := output(ctx, stacks, prefix+"-data", outputs.Files)
	if err != nil {
		return nil, err
	}
	return &customers{store: store.New(dynamodb.NewFromConfig(cfg), table), files: objects.New(cfg, bucket), now: time.Now}, nil
}

// find looks for a customer and says what there is.
func (c *customers) find(ctx context.Context, p privacy.Person, out io.Writer) (*privacy.Found, error) {
	_, _ = fmt.Fprintf(out, "Looking through the whole table for %s …\n", p)
	found, err := privacy.Find(ctx, c.store, p)
	if err != nil {
		return nil, err
	}
	if found.Unknown() {
		_, _ = fmt.Fprintln(out, "The centre has nothing of them.")
	}
	_, _ = fmt.Fprint(out, found)
	return found, nil
}

func (c *customers) export(ctx context.Context, p privacy.Person, folder string, out io.Writer) error {
	found, err := c.find(ctx, p, out)
	if err != nil || found.Unknown() {
		return err
	}
	if err := privacy.Export(ctx, c.store, c.files, found, folder, c.now()); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "Written to %s.\n", folder)
	return nil
}

func (c *customers) erase(ctx context.Context, p privacy.Person, sure bool, in io.Reader, out io.Writer) error {
	found, err := c.find(ctx, p, out)
	if err != nil || found.None() {
		return err
	}
	if !sure && !confirmed(in, out, "Erase all of it? It cannot be brought back. Counts and reports stay as they are.") {
		return errors.New("nothing was erased")
	}
	if err := privacy.Erase(ctx, c.store, c.files, found, c.now); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(out, "Erased.")
	return nil
}
