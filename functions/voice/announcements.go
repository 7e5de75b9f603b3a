package voice

import (
	"fmt"
	"strings"
)

// announcements are what callers hear in one language.
type announcements struct {
	language string // BCP 47, as the speech engine takes it
	unknown  []string
	goodbye  []string
	apology  []string
	greeting string
	next     string
	position func(ahead int) string
}

var french = announcements{
	language: "fr-FR",
	unknown:  []string{"Ce numéro n’est pas en service. Merci de vérifier le numéro. Au revoir."},
	goodbye:  []string{"Tous nos conseillers sont encore occupés. Merci de rappeler plus tard. Au revoir."},
	apology:  []string{"Un problème technique nous empêche de prendre votre appel. Merci de rappeler plus tard. Au revoir."},
	greeting: "Bonjour et merci de votre appel.",
	next:     "Vous êtes le prochain appel.",
	position: func(ahead int) string {
		if ahead == 1 {
			return "Il y a une personne avant vous."
		}
		return fmt.Sprintf("Il y a %d personnes avant vous.", ahead)
	},
}

var english = announcements{
	language: "en-US",
	unknown:  []string{"This number is not in service. Please check the number. Goodbye."},
	goodbye:  []string{"All our agents are still busy. Please call again later. Goodbye."},
	apology:  []string{"A technical problem keeps us from taking your call. Please call again later. Goodbye."},
	greeting: "Hello, and thank you for calling.",
	next:     "You are next in line.",
	position: func(ahead int) string {
		if ahead == 1 {
			return "There is one person ahead of you."
		}
		return fmt.Sprintf("There are %d people ahead of you.", ahead)
	},
}

// announcementsIn returns the announcements in the language, or in English.
func announcementsIn(language string) announcements {
	if base, _, _ := strings.Cut(strings.ToLower(language), "-"); base == "fr" {
		return french
	}
	return english
}

// place says where the caller stands.
func (a announcements) place(ahead int) string {
	if ahead == 0 {
		return a.next
	}
	return a.position(ahead)
}
