package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"time"
)

const (
	lookupTimeout = 10 * time.Second
	longestIP     = 64 // bytes
)

// publicAddress asks a service that answers, in plain text, with the address that a request came from. A task on
// Fargate has a public address to itself, but nothing in it tells which.
func publicAddress(ctx context.Context, service string) (netip.Addr, error) {
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, service, nil)
	if err != nil {
		return netip.Addr{}, fmt.Errorf("look up the public address: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return netip.Addr{}, fmt.Errorf("look up the public address: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, longestIP))
	if err != nil {
		return netip.Addr{}, fmt.Errorf("look up the public address: %w", err)
	}
	ip, err := netip.ParseAddr(strings.TrimSpace(string(body)))
	if err != nil || response.StatusCode != http.StatusOK {
		return netip.Addr{}, fmt.Errorf("look up the public address: %s answered %s, which is no address", service, response.Status)
	}
	return ip, nil
}
