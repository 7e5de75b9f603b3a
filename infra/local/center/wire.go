package center

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/aws/aws-sdk-go-v2/service/sfn"

	"guichet/functions/agentapi"
	"guichet/functions/cards"
	"guichet/functions/channelhook"
	"guichet/functions/mediahook"
	"guichet/functions/realtime"
	"guichet/functions/reportapi"
	"guichet/functions/stream"
	"guichet/functions/voice"
	"guichet/functions/workflow"
	"guichet/infra/local/awsapi"
	"guichet/infra/local/objects"
	"guichet/infra/local/stepfunctions"
	"guichet/infra/local/streams"
	"guichet/infra/local/wsapi"
	"guichet/media-node/node"
	"guichet/shared/channel"
	"guichet/shared/channel/webchat"
	"guichet/shared/channels"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
	sharedobjects "guichet/shared/objects"
	"guichet/shared/push"
	"guichet/shared/store"
	"guichet/shared/telephony"
	"guichet/shared/timers"
	"guichet/shared/voicemail"
	"guichet/shared/wallboard"
)

// Prefixes of the services on the loopback listener.
const (
	statesPrefix   = "/states"
	realtimeStage  = "realtime"
	realtimePrefix = "/" + realtimeStage
)

// secrets are what Secrets Manager holds on AWS. They last for one run: what they protect ends with it.
type secrets struct {
	account telephony.Account
	meta    channels.Meta
	media   mediaapi.Key
}

func newSecrets() secrets {
	sid := make([]byte, 16)
	_, _ = rand.Read(sid)
	return secrets{
		account: telephony.Account{SID: "AC" + hex.EncodeToString(sid), AuthToken: rand.Text()},
		meta:    newMetaSecrets(),
		media:   mediaapi.Key(rand.Text() + rand.Text()),
	}
}

// functions are the product's handlers, as functions/*/lambda has them.
type functions struct {
	api, voice, mediaHook http.Handler
	reports, channelHook  http.Handler
	realtime              wsapi.Handler
	stream                streams.Handler
	cards                 streams.Windowed
	workflow              stepfunctions.Function
	sweep                 func(context.Context) error
}

// wire makes the product's handlers, with SDK clients that are pointed at this machine.
func (c *Center) wire(context.Context) error {
	log := c.options.Log
	phone, err := telephony.NewClient(c.secrets.account, c.url, c.services.URL(""))
	if err != nil {
		return err
	}
	pusher := push.New(apigatewaymanagementapi.NewFromConfig(c.services.Config(c.services.URL(realtimePrefix))))
	nodes := &mediaapi.Client{Origin: c.url, Key: c.secrets.media, HTTP: http.DefaultClient, Now: dispatch.Clock}
	dispatcher := &dispatch.Dispatcher{
		Store: c.store, Directories: store.NewDirectories(c.store), Pusher: pusher,
		Phone:    dispatch.Phones{Phone: phone, Widget: webchat.NewPhone(c.store, pusher, nodes, dispatch.Clock)},
		MediaKey: c.secrets.media, Log: log, Now: dispatch.Clock, Media: nodes,
	}
	files := sharedobjects.New(c.objects.Config(c.url), objects.Bucket)
	set, err := c.channels(dispatcher, files)
	if err != nil {
		return err
	}
	chats := c.conversations(dispatcher, set, pusher, files)
	dispatcher.Chats = chats
	starter := timers.New(sfn.NewFromConfig(c.services.Config(c.services.URL(statesPrefix))), timers.Workflows{
		Ring: stepfunctions.MachineARN(awsapi.Region, "ring"), WrapUp: stepfunctions.MachineARN(awsapi.Region, "wrapup"),
		Send: stepfunctions.MachineARN(awsapi.Region, "send"), Fetch: stepfunctions.MachineARN(awsapi.Region, "fetch"),
		Callback: stepfunctions.MachineARN(awsapi.Region, "callback"),
	})
	tasks := workflow.New(dispatcher, chats, starter, &voicemail.Fetcher{
		Store: c.store, Recordings: telephony.NewRecordings(c.secrets.account, c.services.URL("")), Objects: files, Now: dispatch.Clock,
	})
	c.functions = functions{
		api:       agentapi.New(dispatcher, chats, files, c.secrets.media, log),
		voice:     voice.New(dispatcher, telephony.NewValidator(c.secrets.account, c.url), c.url, log),
		mediaHook: mediahook.New(dispatcher, c.secrets.media, log), channelHook: channelhook.New(set, chats, log),
		realtime: realtime.New(dispatcher, pusher, chats, c.secrets.media, log).Handle,
		stream:   stream.New(c.store, starter, dispatcher, chats, pusher, log).Handle,
		cards:    cards.New(&wallboard.Board{Store: c.store, Directories: dispatcher.Directories, Now: dispatch.Clock}, pusher, cards.Pause, log).Handle,
		reports:  reportapi.New(c.store, dispatcher.Directories, dispatch.Clock, log),
		workflow: func(ctx context.Context, payload json.RawMessage) (json.RawMessage, error) {
			var task timers.Task
			if err := json.Unmarshal(payload, &task); err != nil {
				return nil, err
			}
			return nil, tasks.Handle(ctx, task)
		},
		sweep: func(ctx context.Context) error { return tasks.Handle(ctx, timers.Task{Action: timers.Sweep}) },
	}
	if c.options.Observe != nil {
		c.functions = c.functions.observed(c.options.Observe)
	}
	return nil
}

// conversations makes what moves chats.
func (c *Center) conversations(
	d *dispatch.Dispatcher, set *channel.Set, pusher *push.Pusher, files *sharedobjects.Bucket,
) *conversation.Service {
	return &conversation.Service{
		Matcher:  conversation.Matcher{Store: d.Store, Directories: d.Directories, Log: d.Log, Now: d.Now},
		Channels: set, Pusher: pusher, PublicURL: c.url,
		Objects: files, Fetcher: &http.Client{Timeout: conversation.FetchPatience},
	}
}

// channels makes the product's channels, as a deployment configures them.
func (c *Center) channels(d *dispatch.Dispatcher, files *sharedobjects.Bucket) (*channel.Set, error) {
	config, err := c.channelConfig()
	if err != nil {
		return nil, err
	}
	config.Webchat = webchat.Config{
		Store: d.Store, Directories: d.Directories, Objects: files, Calls: d, Key: c.secrets.media, Log: d.Log, Now: d.Now,
	}
	all, err := channels.All(config)
	if err != nil {
		return nil, err
	}
	return channel.NewSet(all...), nil
}

// openMedia starts the media node, which reports to the origin.
func (c *Center) openMedia(context.Context) error {
	var err error
	c.node, err = node.New(node.Config{Key: c.secrets.media, EventURL: c.url + mediaapi.EventPath, Log: c.options.Log})
	if err != nil {
		return err
	}
	c.onClose(c.node.Close)
	return nil
}
