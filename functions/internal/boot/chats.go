package boot

import (
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"guichet/shared/channel"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/objects"
	"guichet/shared/store"
)

// fetchPatience is how long a provider may take to hand out one attachment.
const fetchPatience = 40 * time.Second

// Objects is where the files of messages are.
func (d *Dependencies) Objects() *objects.Bucket {
	return objects.New(s3.NewFromConfig(d.aws), d.Environment.FilesBucket)
}

// Conversations assembles what moves chats, of the centre and its channels.
func (d *Dependencies) Conversations(c *Centre, channels *channel.Set) *conversation.Service {
	return &conversation.Service{
		Matcher: c.matcher, Channels: channels, Pusher: d.Pusher, PublicURL: c.PublicURL,
		Objects: d.Objects(), Fetcher: &http.Client{Timeout: fetchPatience},
	}
}

// Onlooker assembles what watches chats: it settles and shows them, and sends nothing.
func (d *Dependencies) Onlooker(channels *channel.Set) *conversation.Service {
	return &conversation.Service{
		Matcher:  conversation.Matcher{Store: d.Store, Directories: store.NewDirectories(d.Store), Log: d.Log, Now: dispatch.Clock},
		Channels: channels, Pusher: d.Pusher,
	}
}
