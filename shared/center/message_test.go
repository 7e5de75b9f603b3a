package center_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/shared/center"
)

func TestKeysOrderByTimeThenID(t *testing.T) {
	t.Parallel()
	paris := time.FixedZone("Paris", 3600)
	m := &center.Message{ID: "ms_2", At: time.Date(2026, 1, 2, 3, 4, 5, 6e6, paris)}
	assert.Equal(t, "2026-01-02T02:04:05.006Z#ms_2", m.Key())
	assert.Less(t, m.Key(), (&center.Message{ID: "ms_1", At: m.At.Add(time.Millisecond)}).Key())
	assert.Less(t, m.Key(), (&center.Message{ID: "ms_3", At: m.At}).Key())
}

func TestTimeOf(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.UTC)
	assert.Equal(t, at, center.TimeOf(center.NewID(center.PrefixMessage, at)))
	for _, id := range []string{"", "ms_", "ms", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "ms_01ARZ3NDEKTSV4RRFFQ69G5FA", "ms_01ARZ3NDEUTSV4RRFFQ69G5FAV"} {
		assert.Zero(t, center.TimeOf(id), id)
	}
}

func TestPreview(t *testing.T) {
	t.Parallel()
	file := func(mediaType string) []center.Attachment { return []center.Attachment{{Type: mediaType}} }
	for want, m := range map[string]center.Message{
		"":                       {},
		"Bonjour":                {Text: "Bonjour", Attachments: file("image/png")},
		strings.Repeat("é", 120): {Text: strings.Repeat("é", 121)},
		"#image":                 {Attachments: file("image/png")},
		"#audio":                 {Attachments: file("audio/ogg")},
		"#video":                 {Attachments: file("video/mp4")},
		"#file":                  {Attachments: file("imagery")},
		"#location":              {Location: &center.Location{}},
		"#unsupported":           {Kind: center.KindUnsupported, Text: "poll"},
		"#deleted":               {Deleted: true},
	} {
		assert.Equal(t, want, m.Preview())
	}
}

func TestDeliveriesGoForwards(t *testing.T) {
	t.Parallel()
	all := []center.Delivery{
		center.DeliverySending, center.DeliveryRetrying, center.DeliverySent, center.DeliveryFailed, center.DeliveryDelivered, center.DeliveryRead,
	}
	for i, from := range all {
		for j, to := range all {
			m := &center.Message{Delivery: from}
			forwards := j > i || i == 1 && j == 0 // what is retried is being sent again
			assert.Equal(t, forwards, m.Advance(to, ""), "%s → %s", from, to)
			if forwards {
				assert.Equal(t, to, m.Delivery)
			} else {
				assert.Equal(t, from, m.Delivery)
			}
		}
	}
	m := &center.Message{Delivery: center.DeliveryRetrying, Failure: "throttled"}
	assert.True(t, m.Advance(center.DeliveryRetrying, "unreachable"), "for another reason")
	assert.Equal(t, "unreachable", m.Failure)
}

func TestUnsend(t *testing.T) {
	t.Parallel()
	m := &center.Message{
		ID: "ms_1", At: noon, Text: "secret", Attachments: make([]center.Attachment, 1), Location: &center.Location{},
		Reactions: map[string]string{"us": "👍"}, EditedAt: noon,
	}
	assert.True(t, m.Unsend())
	assert.Equal(t, &center.Message{ID: "ms_1", At: noon, Deleted: true}, m)
	assert.False(t, m.Unsend())
	assert.False(t, m.Edit("again", noon.Add(time.Hour)))
	assert.False(t, m.React("us", "👍", noon.Add(time.Hour)))
}

func TestEditsAndReactionsInAnyOrder(t *testing.T) {
	t.Parallel()
	type step struct {
		say    string
		minute int
	}
	steps := []step{{"first", 1}, {"original", 2}, {"", 3}, {"last", 4}}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}, {2, 0, 3, 1}, {0, 3, 3, 0, 1, 2}} {
		m := &center.Message{Text: "original"}
		for _, i := range order {
			at := noon.Add(time.Duration(steps[i].minute) * time.Minute)
			m.Edit(steps[i].say, at)
			m.React("customer", steps[i].say, at)
		}
		assert.Equal(t, "last", m.Text, "%v", order)
		assert.Equal(t, map[string]string{"customer": "last"}, m.Reactions, "%v", order)
		assert.False(t, m.Edit("last", m.EditedAt), "a repeat is no news")
		assert.False(t, m.React("customer", "last", m.EditedAt), "a repeat is no news")
	}
	m := &center.Message{}
	assert.True(t, m.React("us", "👍", noon))
	before := *m
	assert.True(t, m.React("us", "", noon.Add(time.Minute)))
	assert.Empty(t, m.Reactions)
	assert.Equal(t, "👍", before.Reactions["us"], "copies stay as they were")
}

func TestAttemptsAreClaimedOnce(t *testing.T) {
	t.Parallel()
	m := &center.Message{}
	assert.True(t, m.Claim(noon))
	assert.False(t, m.Claim(noon.Add(time.Hour)))
	assert.Equal(t, noon, m.TriedAt)
}

func TestDerivedIDs(t *testing.T) {
	t.Parallel()
	id := center.MessageIDOf("sms", "SM1")
	assert.Equal(t, id, center.MessageIDOf("sms", "SM1"))
	assert.NotEqual(t, id, center.MessageIDOf("messenger", "SM1"))
	assert.NotEqual(t, center.FileIDOf(id, 0), center.FileIDOf(id, 1))
}
