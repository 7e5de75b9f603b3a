package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOtherNodesAreAtOneNameAndPort(t *testing.T) {
	t.Parallel()
	alone, err := settings{FleetHTTP: "0.0.0.0:8082"}.fleet()
	require.NoError(t, err)
	assert.Nil(t, alone)
	_, err = settings{FleetName: "localhost", FleetHTTP: "8082"}.fleet()
	require.Error(t, err)
	fleet, err := settings{FleetName: "localhost", FleetHTTP: "0.0.0.0:8082"}.fleet()
	require.NoError(t, err)
	addresses, err := fleet.List(t.Context())
	require.NoError(t, err)
	assert.Contains(t, addresses, "127.0.0.1:8082")
	fleet, err = settings{FleetName: "nowhere.invalid", FleetHTTP: "0.0.0.0:8082"}.fleet()
	require.NoError(t, err)
	_, err = fleet.List(t.Context())
	assert.Error(t, err)
}
