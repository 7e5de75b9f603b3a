// Package push sends messages to the dashboards' realtime connections through API Gateway's management API.
package push

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi/types"

	"guichet/shared/dispatch"
)

// Pusher implements dispatch.Pusher.
type Pusher struct {
	client *apigatewaymanagementapi.Client
}

// New returns a pusher through the client, whose endpoint names the WebSocket API and its stage.
func New(client *apigatewaymanagementapi.Client) *Pusher { return &Pusher{client} }

// Push sends the message as JSON.
func (p *Pusher) Push(ctx context.Context, connectionID string, message any) error {
	data, err := json.Marshal(message)
	if err != nil {
		return fmt.Errorf("encode push: %w", err)
	}
	_, err = p.client.PostToConnection(ctx, &apigatewaymanagementapi.PostToConnectionInput{
		ConnectionId: &connectionID, Data: data,
	})
	return asGone("push to connection", err)
}

// Close ends a connection from this side.
func (p *Pusher) Close(ctx context.Context, connectionID string) error {
	_, err := p.client.DeleteConnection(ctx, &apigatewaymanagementapi.DeleteConnectionInput{ConnectionId: &connectionID})
	return asGone("close connection", err)
}

func asGone(op string, err error) error {
	var gone *types.GoneException
	if errors.As(err, &gone) {
		return dispatch.ErrConnectionGone
	}
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return nil
}
