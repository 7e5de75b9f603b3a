package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"guichet/infra/local/center"
	"guichet/infra/local/demo"
	"guichet/infra/local/gateway"
	"guichet/shared/config"
)

// sentences are what the runner says, in one language.
type sentences struct {
	starting, stopping       string
	heading, desk, telephone string
	messages, webchat        string
	people, noAgent, numbers string
	inboxes                  string
	played                   string
	changes, waits           string
	data, nothingKept        string
	unbuilt, end             string
	roles                    map[string]string
}

// sentencesFor chooses by the variables that programs in a terminal go by.
func sentencesFor(getenv func(string) string) sentences {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			if strings.HasPrefix(value, "fr") {
				return french()
			}
			break
		}
	}
	return english()
}

func english() sentences {
	return sentences{
		starting: "Guichet is starting: the database and the timers take a few seconds, and are fetched the first time.",
		stopping: "\nStopping. Ctrl-C again ends at once.",
		heading:  "%s is open.", desk: "Desk", telephone: "Telephone", messages: "Messages", webchat: "Webchat",
		people: "People", noAgent: "not an agent", numbers: "Numbers", inboxes: "Inboxes",
		played:  "%d more agents are played, and customers call and write. Log in to take calls, too; your own calls ring at you first.",
		changes: "The centre's file has changed:", waits: "The centre stays as it was, since something that is to go is in use. Let it end, and start again.",
		data: "Data", nothingKept: "not kept", unbuilt: "The dashboard has not been built: run make run.", end: "Ctrl-C ends it.",
		roles: map[string]string{"agent": "agent", "supervisor": "supervisor", "admin": "administrator"},
	}
}

func french() sentences {
	return sentences{
		starting: "Guichet démarre : la base de données et les minuteurs prennent quelques secondes, et sont téléchargés la première fois.",
		stopping: "\nArrêt en cours. Ctrl-C de nouveau arrête tout de suite.",
		heading:  "%s est ouvert.", desk: "Poste", telephone: "Téléphone", messages: "Messages", webchat: "Webchat",
		people: "Personnes", noAgent: "n’est pas agent", numbers: "Numéros", inboxes: "Boîtes",
		played:  "%d agents de plus sont joués, et des clients appellent et écrivent. Connectez-vous pour prendre des appels ; les vôtres sonnent d’abord chez vous.",
		changes: "Le fichier du centre a changé :", waits: "Le centre reste tel quel, car une partie à retirer sert encore. Laissez-la finir, puis relancez.",
		data: "Données", nothingKept: "non conservées", unbuilt: "Le tableau de bord n’est pas construit : lancez make run.", end: "Ctrl-C pour arrêter.",
		roles: map[string]string{"agent": "agent", "supervisor": "superviseur", "admin": "administrateur"},
	}
}

// changed prints what the centre's file has changed since the last run.
func (s sentences) changed(w io.Writer, p *config.Plan) {
	if p.New || len(p.Changes) == 0 {
		return
	}
	_, _ = fmt.Fprintf(w, "\n%s\n\n%s", s.changes, p)
	if len(p.Blocked) > 0 {
		_, _ = fmt.Fprintf(w, "\n%s\n", s.waits)
	}
}

// ready prints where to go.
func (s sentences) ready(w io.Writer, url string, options center.Options, played *demo.Demo) {
	_, _ = fmt.Fprintf(w, "\n"+s.heading+"\n\n", options.Seed.Directory.Settings.Name)
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	line := func(name, value string) { _, _ = fmt.Fprintf(table, "  %s\t%s\n", name, value) }
	line(s.desk, url+"/")
	line(s.telephone, url+"/simulator")
	line(s.messages, url+"/simulator#messages")
	if options.Seed.DemoWidget() != "" {
		line(s.webchat, url+gateway.DemoPath)
	}
	for i, number := range options.Seed.Numbers {
		line(first(i, s.numbers), number.E164+"  "+number.Label)
	}
	for i, inbox := range options.Seed.Inboxes {
		line(first(i, s.inboxes), inbox.Channel+" "+inbox.ID+"  "+inbox.Label)
	}
	for i, person := range options.Seed.People() {
		if played.Plays(person.ID) {
			continue
		}
		role, known := s.roles[person.Role]
		if !known {
			role = s.noAgent
		}
		line(first(i, s.people), person.Name+", "+role)
	}
	kept := options.Dir
	if kept == "" {
		kept = s.nothingKept
	}
	line(s.data, kept)
	_ = table.Flush()
	if options.Dashboard == nil {
		_, _ = fmt.Fprintf(w, "\n%s\n", s.unbuilt)
	}
	if played != nil {
		_, _ = fmt.Fprintf(w, "\n"+s.played+"\n", len(played.Played))
	}
	_, _ = fmt.Fprintf(w, "\n%s\n", s.end)
}

// first names a list on its first line only.
func first(i int, name string) string {
	if i > 0 {
		return ""
	}
	return name
}
