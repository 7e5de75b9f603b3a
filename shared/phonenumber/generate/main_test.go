package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFileIsOfTheLibrarysVersion fails when the library has been updated and the file has not: go generate.
func TestFileIsOfTheLibrarysVersion(t *testing.T) {
	t.Parallel()
	made, err := generate()
	require.NoError(t, err)
	kept, err := os.ReadFile("../plans.txt")
	require.NoError(t, err)
	assert.True(t, made == string(kept), "plans.txt is not what go generate ./shared/phonenumber makes")
}
