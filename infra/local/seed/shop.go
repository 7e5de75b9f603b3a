package seed

import (
	"embed"
	"time"

	"guichet/infra/local/openid"
	"guichet/shared/center"
	"guichet/shared/store"
)

// zones are files of the time zone database (https://www.iana.org/time-zones), by name.
//
//go:embed zones
var zones embed.FS

const (
	paris  = "Europe/Paris"
	london = "Europe/London"
)

func zoneData(names ...string) map[string][]byte {
	data := make(map[string][]byte, len(names))
	for _, name := range names {
		content, err := zones.ReadFile("zones/" + name)
		if err != nil {
			panic(err) // embedded: only a programming error gets here
		}
		data[name] = content
	}
	return data
}

// Default is the centre of a shop with customers in France and in Britain. The numbers are from the ranges that the
// regulators keep for fiction.
func Default() Centre {
	support, sales := callQueues()
	missed := campaign(support, sales)
	chats, salesChats := chatQueues()
	all := []string{support.ID, sales.ID, missed.ID, chats.ID, salesChats.ID}
	return Centre{
		Directory: store.Directory{
			Settings: settings(),
			Queues: map[string]center.Queue{
				support.ID: support, sales.ID: sales, missed.ID: missed, chats.ID: chats, salesChats.ID: salesChats,
			},
			Widgets: map[string]center.Widget{"lavande": {
				Key: "lavande", Name: "Maison Lavande", Colour: "#5b4696",
				Greeting: map[string]string{
					"fr": "Bonjour ! Une question sur une commande, un bouquet, une livraison ? Écrivez-nous.",
					"en": "Hello! A question about an order, a bouquet, a delivery? Write to us.",
				},
			}},
		},
		Numbers: []Number{
			{E164: "+33199001000", Label: "Assistance (FR)", QueueID: support.ID},
			{E164: "+442079460000", Label: "Sales (EN)", QueueID: sales.ID},
			{E164: "+33199001011", Label: "Camille Martin", AgentID: "camille"},
			{E164: "+442079460012", Label: "Alex Morgan", AgentID: "alex"},
			{E164: "+442079460013", Label: "Sam Rivera", AgentID: "sam"},
			{E164: "+33199001099", Label: "–"},
		},
		Inboxes: []Inbox{
			{Channel: "sms", ID: "+33199001000", Label: "Assistance (FR)", QueueID: chats.ID},
			{Channel: "sms", ID: "+442079460000", Label: "Sales (EN)", QueueID: salesChats.ID},
			{Channel: "messenger", ID: "1000000000001", Label: "Maison Lavande", QueueID: chats.ID},
			{Channel: "instagram", ID: "17840000000000001", Label: "maison.lavande", QueueID: salesChats.ID},
			{Channel: "webchat", ID: "lavande", Label: "maison-lavande.example", QueueID: chats.ID},
		},
		Agents: []*center.Agent{
			{ID: "camille", Name: "Camille Martin", Role: center.RoleAgent, Language: "fr", Queues: all},
			{ID: "alex", Name: "Alex Morgan", Role: center.RoleAgent, Language: "en", Queues: all},
			{ID: "sam", Name: "Sam Rivera", Role: center.RoleSupervisor, Language: "en", Queues: all},
			{ID: "ines", Name: "Inès Moreau", Role: center.RoleAdmin, Language: "fr", Queues: []string{support.ID, chats.ID}},
		},
		Others: []openid.Person{{ID: "robin", Name: "Robin Petit", Language: "fr"}},
	}
}

func settings() center.Settings {
	return center.Settings{
		Name: "Maison Lavande", Language: "fr", PauseReasons: []string{"break", "meal", "meeting", "training", "technical"},
		Zone: paris, Zones: zoneData(paris, london), Country: "FR", Countries: []string{"FR", "GB", "BE", "CH", "LU", "IE"},
		ParkGrace: 30 * time.Second, DeclineRest: 30 * time.Second, DirectWait: 2 * time.Minute,
		ChatGrace: time.Minute, AttachmentBytes: 10 << 20, VoicemailDays: 30,
	}
}

// callQueues are where callers wait. They may ask to be called back, or leave a message when nobody comes.
func callQueues() (support, sales center.Queue) {
	support = center.Queue{
		ID: "que_support", Name: "Assistance", Kind: center.QueueVoice, Priority: 1, Language: "fr",
		Ring: 20 * time.Second, WrapUp: 30 * time.Second, MaxWait: 15 * time.Minute,
		OfferCallback: true, Voicemail: true, Attempts: center.Attempts{Most: 3, Spacing: 5 * time.Minute},
	}
	sales = center.Queue{
		ID: "que_sales", Name: "Sales", Kind: center.QueueVoice, Priority: 2, Language: "en",
		Ring: 20 * time.Second, WrapUp: 15 * time.Second, MaxWait: 10 * time.Minute,
		OfferCallback: true, Voicemail: true, Attempts: center.Attempts{Most: 3, Spacing: 5 * time.Minute},
	}
	return support, sales
}

// campaign returns the calls that were missed, when no call waits.
func campaign(support, sales center.Queue) center.Queue {
	return center.Queue{
		ID: "cmp_missed", Name: "Appels manqués", Kind: center.QueueCampaign, Priority: 900, Language: "fr",
		Ring: 20 * time.Second, WrapUp: 30 * time.Second, Attempts: center.Attempts{Most: 3, Spacing: 30 * time.Minute},
		Campaign: &center.Campaign{
			Sources:  []string{support.ID, sales.ID},
			Outcomes: []center.Outcome{center.OutcomeAbandoned, center.OutcomeTimedOut, center.OutcomeIncomplete},
			Delay:    2 * time.Minute, ShortAbandon: 5 * time.Second,
			CountryZones: map[string]string{"+33": paris, "+44": london},
		},
	}
}

// chatQueues are where messages go: to the agents by turns, and to whoever picks them.
func chatQueues() (support, sales center.Queue) {
	support = center.Queue{
		ID: "que_chat_support", Name: "Messages", Kind: center.QueueChat, Priority: 1, Language: "fr",
		Assignment: center.AssignAutomatic, Capacity: 5,
	}
	sales = center.Queue{
		ID: "que_chat_sales", Name: "Sales chat", Kind: center.QueueChat, Priority: 2, Language: "en",
		Assignment: center.AssignPicked, Capacity: 5,
	}
	return support, sales
}
