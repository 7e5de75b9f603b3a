package center

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"guichet/infra/local/awsapi"
	"guichet/infra/local/dynamo"
	"guichet/infra/local/lockfile"
	"guichet/infra/local/objects"
	"guichet/shared/config"
	"guichet/shared/store"
)

// openData makes the folder of this run and keeps other runs out of it.
func (c *Center) openData(context.Context) error {
	if c.options.Dir == "" {
		dir, err := os.MkdirTemp("", "guichet-")
		if err != nil {
			return fmt.Errorf("make the data folder: %w", err)
		}
		c.dir = dir
		c.onClose(func() { _ = os.RemoveAll(dir) })
		return nil
	}
	dir, err := filepath.Abs(c.options.Dir)
	if err != nil {
		return fmt.Errorf("find the data folder: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	lock, err := lockfile.Try(filepath.Join(dir, "lock"), fmt.Sprintf("process %d at %s", os.Getpid(), c.url))
	var held *lockfile.HeldError
	if errors.As(err, &held) {
		return fmt.Errorf("the data in %s is in use by %s: stop that run, or give this one another folder with -data", dir, held.Holder)
	}
	if err != nil {
		return err
	}
	c.dir = dir
	c.onClose(func() { _ = lock.Release() })
	return nil
}

// file is a file of this run's data.
func (c *Center) file(name string) string { return filepath.Join(c.dir, name) }

func (c *Center) openServices(ctx context.Context) error {
	services, err := awsapi.Listen(ctx)
	if err != nil {
		return err
	}
	c.services = services
	c.onClose(services.Close)
	return nil
}

// openStore starts DynamoDB, unless one is given, and writes the seed.
func (c *Center) openStore(ctx context.Context) error {
	endpoint := c.options.DynamoDB
	if endpoint == "" {
		var options dynamo.Options
		if c.options.Dir != "" {
			options.Dir = c.file("dynamodb")
		}
		database, err := dynamo.Start(ctx, options)
		if err != nil {
			return err
		}
		c.onClose(database.Close)
		c.watch("DynamoDB Local", database.Done())
		endpoint = database.Endpoint()
	}
	c.database = c.services.Config(endpoint)
	client := dynamodb.NewFromConfig(c.database)
	if err := store.EnsureTable(ctx, client, c.options.Table); err != nil {
		return err
	}
	c.store = store.New(client, c.options.Table)
	var err error
	if c.plan, err = config.NewPlan(ctx, c.store, &c.options.Seed.Centre); err != nil {
		return err
	}
	if len(c.plan.Blocked) == 0 {
		err = c.plan.Apply(ctx, c.store, nil) // nothing runs yet
	}
	if err != nil || c.options.Prepare == nil {
		return err
	}
	return c.options.Prepare(ctx, c.store)
}

// openObjects serves the files of messages.
func (c *Center) openObjects(context.Context) error {
	var err error
	c.objects, err = objects.Open(c.file("objects"))
	return err
}
