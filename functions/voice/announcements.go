package voice

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// announcements are what callers hear in one language.
type announcements struct {
	language string // BCP 47, as the speech engine takes it
	unknown  []string
	goodbye  []string
	apology  []string
	closed   []string
	promised []string
	greeting string
	next     string
	callback string
	position func(ahead int) string
	minutes  func(n int) string

	// Why a message may be left, and what goes with it.
	busy, shut, away, leaveMessage string
	thanks, noMessage              []string
}

var french = announcements{
	language: "fr-FR",
	unknown:  []string{"Ce numéro n’est pas en service. Merci de vérifier le numéro. Au revoir."},
	goodbye:  []string{"Tous nos conseillers sont encore occupés. Merci de rappeler plus tard. Au revoir."},
	apology:  []string{"Un problème technique nous empêche de prendre votre appel. Merci de rappeler plus tard. Au revoir."},
	closed:   []string{"Nos bureaux sont fermés. Merci de rappeler pendant nos heures d’ouverture. Au revoir."},
	promised: []string{"C’est noté. Vous gardez votre place et nous vous rappelons à ce numéro. Au revoir."},
	greeting: "Bonjour et merci de votre appel.",
	next:     "Vous êtes le prochain appel.",
	callback: "Pour garder votre place et être rappelé, appuyez sur 1.",
	minutes: func(n int) string {
		if n <= 1 {
			return "Votre attente est estimée à moins d’une minute."
		}
		return fmt.Sprintf("Votre attente est estimée à %d minutes.", n)
	},
	position: func(ahead int) string {
		if ahead == 1 {
			return "Il y a une personne avant vous."
		}
		return fmt.Sprintf("Il y a %d personnes avant vous.", ahead)
	},
	busy:         "Tous nos conseillers sont encore occupés.",
	shut:         "Nos bureaux sont fermés.",
	away:         "La personne que vous appelez n’est pas disponible.",
	leaveMessage: "Vous pouvez laisser un message après le signal. Quand vous aurez terminé, raccrochez ou appuyez sur dièse.",
	thanks:       []string{"Merci, votre message a bien été enregistré. Au revoir."},
	noMessage:    []string{"Nous n’avons rien entendu. Au revoir."},
}

var english = announcements{
	language: "en-US",
	unknown:  []string{"This number is not in service. Please check the number. Goodbye."},
	goodbye:  []string{"All our agents are still busy. Please call again later. Goodbye."},
	apology:  []string{"A technical problem keeps us from taking your call. Please call again later. Goodbye."},
	closed:   []string{"Our office is closed. Please call again during our opening hours. Goodbye."},
	promised: []string{"Thank you. You keep your place, and we will call you back at this number. Goodbye."},
	greeting: "Hello, and thank you for calling.",
	next:     "You are next in line.",
	callback: "To keep your place and be called back, press 1.",
	minutes: func(n int) string {
		if n <= 1 {
			return "Your estimated wait is less than a minute."
		}
		return fmt.Sprintf("Your estimated wait is %d minutes.", n)
	},
	position: func(ahead int) string {
		if ahead == 1 {
			return "There is one person ahead of you."
		}
		return fmt.Sprintf("There are %d people ahead of you.", ahead)
	},
	busy:         "All our agents are still busy.",
	shut:         "Our office is closed.",
	away:         "The person you are calling is not available.",
	leaveMessage: "You can leave a message after the tone. When you have finished, hang up or press the pound key.",
	thanks:       []string{"Thank you, your message has been recorded. Goodbye."},
	noMessage:    []string{"We did not hear anything. Goodbye."},
}

// announcementsIn returns the announcements in the language, or in English.
func announcementsIn(language string) announcements {
	if base, _, _ := strings.Cut(strings.ToLower(language), "-"); base == "fr" {
		return french
	}
	return english
}

// place says where the caller stands, and how long they will wait if that can be told: in whole minutes, rounded up.
func (a announcements) place(ahead int, wait time.Duration) []string {
	said := []string{a.next}
	if ahead > 0 {
		said = []string{a.position(ahead)}
	}
	if wait > 0 {
		said = append(said, a.minutes(int(math.Ceil(wait.Minutes()))))
	}
	return said
}
