package boot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"golang.org/x/sync/errgroup"

	"guichet/shared/channel/webchat"
	"guichet/shared/channels"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
	"guichet/shared/push"
	"guichet/shared/store"
	"guichet/shared/telephony"
	"guichet/shared/timers"
)

// Dependencies is what handlers are made of.
type Dependencies struct {
	Environment Environment
	Log         *slog.Logger
	Store       *store.Store
	Pusher      *push.Pusher
	aws         aws.Config
}

// newDependencies makes what needs no request to AWS: a function's start waits for it. Lambda hands out region and
// credentials in the environment, for good, so that the SDK's search for them is not even linked in.
func newDependencies() (*Dependencies, error) {
	e, err := parse()
	if err != nil {
		return nil, err
	}
	cfg := aws.Config{
		Region:      e.AWS.Region,
		Credentials: credentials.NewStaticCredentialsProvider(e.AWS.AccessKeyID, e.AWS.SecretAccessKey, e.AWS.SessionToken),
	}
	d := &Dependencies{Environment: e, Log: logger(), Store: store.New(dynamodb.NewFromConfig(cfg), e.Table), aws: cfg}
	d.Pusher = push.New(apigatewaymanagementapi.NewFromConfig(cfg, func(o *apigatewaymanagementapi.Options) {
		o.BaseEndpoint = &e.RealtimeEndpoint
	}))
	return d, nil
}

// Timers returns the starter of this centre's workflows.
func (d *Dependencies) Timers() *timers.Timers {
	return timers.New(sfn.NewFromConfig(d.aws), timers.Workflows{
		Ring: d.Environment.RingWorkflow, WrapUp: d.Environment.WrapUpWorkflow,
		Send: d.Environment.SendWorkflow, Fetch: d.Environment.FetchWorkflow, Callback: d.Environment.CallbackWorkflow,
	})
}

// Bookkeeper is a dispatcher for what follows from calls and moves none: it knows no telephone.
func (d *Dependencies) Bookkeeper() *dispatch.Dispatcher {
	return &dispatch.Dispatcher{Store: d.Store, Directories: store.NewDirectories(d.Store), Pusher: d.Pusher, Log: d.Log, Now: dispatch.Clock}
}

// secrets reads secrets side by side.
func (d *Dependencies) secrets(ctx context.Context, arns ...string) ([]string, error) {
	client := secretsmanager.NewFromConfig(d.aws)
	values := make([]string, len(arns))
	group, ctx := errgroup.WithContext(ctx)
	for i, arn := range arns {
		group.Go(func() error {
			out, err := client.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &arn})
			if err != nil {
				return fmt.Errorf("read secret %s: %w", arn, err)
			}
			values[i] = aws.ToString(out.SecretString)
			return nil
		})
	}
	return values, group.Wait()
}

// Centre is what every function that moves contacts has.
type Centre struct {
	*dispatch.Dispatcher
	Account      telephony.Account
	PublicURL    string
	OriginSecret string
	matcher      conversation.Matcher
	meta         channels.Meta
}

// nodePatience is how long a media node may take to do what it is asked to.
const nodePatience = 5 * time.Second

// Centre reads the secrets and assembles a dispatcher.
func (d *Dependencies) Centre(ctx context.Context) (*Centre, error) {
	e := d.Environment
	arns := []string{e.TwilioSecret, e.MediaKeySecret, e.OriginSecret}
	if e.MetaSecret != "" {
		arns = append(arns, e.MetaSecret)
	}
	values, err := d.secrets(ctx, arns...)
	if err != nil {
		return nil, err
	}
	c := &Centre{PublicURL: e.PublicURL, OriginSecret: values[2]}
	if err := json.Unmarshal([]byte(values[0]), &c.Account); err != nil {
		return nil, errors.New("the Twilio secret is not {accountSid, authToken}") // its text stays out of the log
	}
	if e.MetaSecret != "" && json.Unmarshal([]byte(values[3]), &c.meta) != nil {
		return nil, errors.New("the Meta secret is not {appSecret, verifyToken, pages, instagram}") // neither does this one's
	}
	phone, err := telephony.NewClient(c.Account, c.PublicURL, "")
	if err != nil {
		return nil, err
	}
	key := mediaapi.Key(values[1])
	nodes := &mediaapi.Client{Origin: c.PublicURL, Key: key, HTTP: &http.Client{Timeout: nodePatience}, Now: dispatch.Clock}
	c.Dispatcher = &dispatch.Dispatcher{
		Store: d.Store, Directories: store.NewDirectories(d.Store), Pusher: d.Pusher, MediaKey: key, Log: d.Log, Now: dispatch.Clock, Media: nodes,
		Phone: dispatch.Phones{Phone: phone, Widget: webchat.NewPhone(d.Store, d.Pusher, nodes, dispatch.Clock)},
	}
	c.matcher = conversation.Matcher{Store: d.Store, Directories: c.Directories, Log: d.Log, Now: dispatch.Clock}
	c.Chats = &c.matcher
	return c, nil
}
