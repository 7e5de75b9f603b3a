package center

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"

	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/messaging"
	"guichet/infra/local/simulator/meta"
	"guichet/infra/local/simulator/sms"
	"guichet/infra/local/simulator/twilio"
	"guichet/shared/channel"
	"guichet/shared/channels"
)

// graphPrefix is where Meta's Graph API is on the loopback listener.
const graphPrefix = "/graph"

// openProviders starts the telephone and the message providers. Their APIs are on the loopback listener, since Twilio's and
// Meta's are not on our origin.
func (c *Center) openProviders(context.Context) error {
	options := messaging.Options{Logger: c.options.Log, FilesURL: c.services.URL("")}
	if c.options.Dir != "" {
		options.File = c.file("messages.json")
	}
	book, err := messaging.Open(options)
	if err != nil {
		return err
	}
	c.onClose(book.Close)
	c.messages = book
	account := c.secrets.account
	c.simulator = simulator.New(simulator.Config{
		PublicURL: c.url, APIURL: c.services.URL(""), AccountSID: account.SID, AuthToken: account.AuthToken,
		Numbers: c.options.Seed.PhoneNumbers(), Logger: c.options.Log, Messages: book,
	})
	texts := sms.New(sms.Config{
		Account: twilio.Account(account), PublicURL: c.url, APIURL: c.services.URL(""), Numbers: c.options.Seed.TextNumbers(),
	}, book)
	c.meta = meta.New(meta.Config{
		App:      meta.App{ID: metaAppID, Secret: c.secrets.meta.AppSecret, VerifyToken: c.secrets.meta.VerifyToken},
		Accounts: c.metaAccounts(),
		Webhooks: map[string]string{
			meta.Messenger: c.url + channel.PathPrefix + "messenger/webhook", meta.Instagram: c.url + channel.PathPrefix + "instagram/webhook",
		},
	}, book)
	rest := http.NewServeMux()
	rest.Handle("/", c.simulator.API())
	rest.Handle("/"+twilio.Version+"/Accounts/{account}/Messages.json", texts.API())
	rest.Handle("/"+twilio.Version+"/Accounts/{account}/Messages/", texts.API())
	c.services.MountOpen("/"+twilio.Version, rest)
	c.services.MountOpen(graphPrefix, http.StripPrefix(graphPrefix, c.meta.Graph()))
	c.services.MountOpen("/cdn", book.Files)
	return nil
}

// metaAppID is made up: Meta's are numbers.
const metaAppID = "1234567890123456"

// newMetaSecrets are those of an app without pages yet.
func newMetaSecrets() channels.Meta {
	return channels.Meta{AppSecret: rand.Text(), VerifyToken: rand.Text(), Pages: map[string]string{}, Instagram: map[string]string{}}
}

// metaAccounts gives each page and account of the seed an access token.
func (c *Center) metaAccounts() []meta.Account {
	var accounts []meta.Account
	tokens := map[string]map[string]string{meta.Messenger: c.secrets.meta.Pages, meta.Instagram: c.secrets.meta.Instagram}
	for _, inbox := range c.options.Seed.Inboxes {
		if of, known := tokens[inbox.Channel]; known {
			of[inbox.ID] = rand.Text()
			accounts = append(accounts, meta.Account{Channel: inbox.Channel, ID: inbox.ID, Name: inbox.Label, AccessToken: of[inbox.ID]})
		}
	}
	return accounts
}

// channelConfig is what a deployment gives the channels of providers.
func (c *Center) channelConfig() (channels.Config, error) {
	api, err := url.Parse(c.services.URL(""))
	if err != nil {
		return channels.Config{}, err
	}
	facebook := c.secrets.meta
	facebook.GraphURL = c.services.URL(graphPrefix)
	return channels.Config{
		PublicURL: c.url, Meta: facebook,
		Twilio: channels.Twilio{AccountSID: c.secrets.account.SID, AuthToken: c.secrets.account.AuthToken, APIURL: api},
	}, nil
}

// subscribe sets up Meta's webhooks as soon as the origin answers: what is written before is told to nobody.
func (c *Center) subscribe(ctx context.Context) error { return c.meta.Subscribe(ctx) }
