package center_test

import (
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
)

func TestNewIDIsAULID(t *testing.T) {
	t.Parallel()
	id := center.NewID(center.PrefixOffer, noon)
	parsed, err := ulid.ParseStrict(id[len(center.PrefixOffer):])
	require.NoError(t, err)
	assert.Equal(t, noon, ulid.Time(parsed.Time()).UTC())
	assert.NotEqual(t, id, center.NewID(center.PrefixOffer, noon))
	assert.Less(t, id, center.NewID(center.PrefixOffer, noon.Add(time.Millisecond)), "they sort by time")
}

func TestContactIDOf(t *testing.T) {
	t.Parallel()
	id := center.ContactIDOf("twilio", "CA1")
	_, err := ulid.ParseStrict(id[len(center.PrefixContact):])
	require.NoError(t, err)
	assert.Equal(t, id, center.ContactIDOf("twilio", "CA1"))
	assert.NotEqual(t, id, center.ContactIDOf("twilio", "CA2"))
	assert.NotEqual(t, id, center.ContactIDOf("other", "CA1"))
}
