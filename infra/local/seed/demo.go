package seed

import (
	"guichet/shared/center"
	"guichet/shared/config"
)

// Demo is the default centre with more people, whom the demo plays (infra/local/demo). Those of the default centre are there as
// ever, for who tries the desk.
func Demo() (c Centre, played []string) {
	c = Default()
	voice := []string{"que_support", "que_sales", "cmp_missed"}
	chats := []string{"que_chat_support", "que_chat_sales"}
	for _, p := range []struct {
		id, name, language string
		queues             [][]string
	}{
		{"elodie", "Élodie Caron", "fr", [][]string{voice, chats}},
		{"mathis", "Mathis Leroux", "fr", [][]string{voice}},
		{"naima", "Naïma Belkacem", "fr", [][]string{voice, chats}},
		{"bastien", "Bastien Roy", "fr", [][]string{voice}},
		{"clemence", "Clémence Aubert", "fr", [][]string{voice, chats}},
		{"yanis", "Yanis Meyer", "fr", [][]string{voice}},
		{"solene", "Solène Guérin", "fr", [][]string{voice, chats}},
		{"imogen", "Imogen Clarke", "en", [][]string{voice}},
		{"rhys", "Rhys Llewellyn", "en", [][]string{voice, chats}},
		{"tamsin", "Tamsin Blake", "en", [][]string{voice}},
		{"kieran", "Kieran Walsh", "en", [][]string{voice, chats}},
		{"anjali", "Anjali Rao", "en", [][]string{voice}},
	} {
		agent := &center.Agent{ID: p.id, Name: p.name, Role: center.RoleAgent, Language: p.language}
		for _, queues := range p.queues {
			agent.Queues = append(agent.Queues, queues...)
		}
		c.Agents, played = append(c.Agents, agent), append(played, p.id)
	}
	for _, n := range []config.Number{
		{E164: "+33199001021", Label: "Élodie Caron", AgentID: "elodie"},
		{E164: "+33199001022", Label: "Naïma Belkacem", AgentID: "naima"},
		{E164: "+442079460021", Label: "Imogen Clarke", AgentID: "imogen"},
		{E164: "+442079460022", Label: "Kieran Walsh", AgentID: "kieran"},
	} {
		c.Rent(n)
	}
	return c, played
}
