package main

import (
	"context"
	"fmt"
	"net"

	"guichet/media-node/node"
)

// fleet finds the other nodes by a name that has the address of each (A records; Amazon ECS keeps them in AWS Cloud Map); nil
// when there is no such name.
func (s settings) fleet() (*node.Fleet, error) {
	if s.FleetName == "" {
		return nil, nil //nolint:nilnil // a node that is alone
	}
	_, port, err := net.SplitHostPort(s.FleetHTTP)
	if err != nil {
		return nil, fmt.Errorf("MEDIA_FLEET_HTTP: %w", err)
	}
	return &node.Fleet{List: func(ctx context.Context) ([]string, error) {
		found, err := net.DefaultResolver.LookupNetIP(ctx, "ip4", s.FleetName)
		addresses := make([]string, 0, len(found))
		for _, ip := range found {
			addresses = append(addresses, net.JoinHostPort(ip.Unmap().String(), port))
		}
		return addresses, err
	}}, nil
}
