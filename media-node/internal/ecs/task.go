// Package ecs is what a node that runs as a task of Amazon ECS says to it, and hears from it, through the addresses that ECS
// gives every container. It needs no SDK and no credentials.
package ecs

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Task is what a task is told of itself.
type Task struct {
	ID      string // unique among tasks
	Version string // of its definition: another one for each deployment that changes something
}

// maxMetadata is the bytes of a task's metadata: a few KB.
const maxMetadata = 256 << 10

// ThisTask asks the metadata endpoint, ECS_CONTAINER_METADATA_URI_V4
// (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate.html).
func ThisTask(ctx context.Context, client *http.Client, endpoint string) (Task, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint+"/task", nil)
	if err != nil {
		return Task{}, fmt.Errorf("task metadata: %w", err)
	}
	res, err := client.Do(r)
	if err != nil {
		return Task{}, fmt.Errorf("task metadata: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	var told struct {
		TaskARN  string `json:"TaskARN"`
		Family   string `json:"Family"`
		Revision string `json:"Revision"`
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, maxMetadata)).Decode(&told); err != nil || res.StatusCode != http.StatusOK || told.TaskARN == "" {
		return Task{}, fmt.Errorf("task metadata: answered %s, which names no task", res.Status)
	}
	return Task{ID: told.TaskARN[strings.LastIndex(told.TaskARN, "/")+1:], Version: told.Family + ":" + told.Revision}, nil
}
