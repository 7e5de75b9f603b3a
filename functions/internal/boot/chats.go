package boot

import (
	"net/http"

	"guichet/shared/channel"
	"guichet/shared/channel/webchat"
	"guichet/shared/channels"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/objects"
	"guichet/shared/store"
	"guichet/shared/telephony"
	"guichet/shared/voicemail"
)

// Objects is where the files of messages are.
func (d *Dependencies) Objects() *objects.Bucket {
	return objects.New(d.aws, d.Environment.FilesBucket)
}

// Voicemail assembles what brings the sound of callers' messages.
func (d *Dependencies) Voicemail(c *Centre) *voicemail.Fetcher {
	return &voicemail.Fetcher{Store: d.Store, Recordings: telephony.NewRecordings(c.Account, ""), Objects: d.Objects(), Now: dispatch.Clock}
}

// Conversations assembles what moves chats, of the centre and all channels.
func (d *Dependencies) Conversations(c *Centre) (*conversation.Service, error) {
	set, err := channelSet(channels.Config{
		PublicURL: c.PublicURL, Twilio: channels.Twilio{AccountSID: c.Account.SID, AuthToken: c.Account.AuthToken}, Meta: c.meta,
		Webchat: webchat.Config{
			Store: d.Store, Directories: c.Directories, Objects: d.Objects(), Calls: c.Dispatcher, Key: c.MediaKey, Log: d.Log, Now: dispatch.Clock,
		},
	})
	return &conversation.Service{
		Matcher: c.matcher, Channels: set, Pusher: d.Pusher, PublicURL: c.PublicURL,
		Objects: d.Objects(), Fetcher: &http.Client{Timeout: conversation.FetchPatience},
	}, err
}

// Onlooker assembles what watches chats: it settles and shows them. Its channels have no secrets, and carry nothing.
func (d *Dependencies) Onlooker() (*conversation.Service, error) {
	directories := store.NewDirectories(d.Store)
	set, err := channelSet(channels.Config{
		Webchat: webchat.Config{Store: d.Store, Directories: directories, Log: d.Log, Now: dispatch.Clock},
	})
	return &conversation.Service{
		Matcher:  conversation.Matcher{Store: d.Store, Directories: directories, Log: d.Log, Now: dispatch.Clock},
		Channels: set, Pusher: d.Pusher,
	}, err
}

func channelSet(c channels.Config) (*channel.Set, error) {
	all, err := channels.All(c)
	return channel.NewSet(all...), err
}
