package openid

// text is what the sign-in page says in one language.
type text struct {
	Tag, Language         string
	Title, Heading, Intro string
	Over, OverAdvice      string
	LanguageLabel         string
	Roles                 map[string]string
}

// texts are the languages of the page; the first is for those who want neither.
var texts = []text{
	{
		Tag: "en", Language: "English",
		Title: "Sign in – Guichet", Heading: "Who are you?",
		Intro: "This centre runs on one machine: pick a person, there is no password.",
		Over:  "This sign-in is over.", OverAdvice: "Go back to the desk",
		LanguageLabel: "Language",
		Roles:         map[string]string{"agent": "Agent", "supervisor": "Supervisor", "admin": "Administrator", "": "Not an agent"},
	},
	{
		Tag: "fr", Language: "Français",
		Title: "Connexion – Guichet", Heading: "Qui êtes-vous ?",
		Intro: "Ce centre tourne sur une seule machine : choisissez une personne, il n’y a pas de mot de passe.",
		Over:  "Cette connexion n’est plus valable.", OverAdvice: "Revenir au poste",
		LanguageLabel: "Langue",
		Roles:         map[string]string{"agent": "Agent", "supervisor": "Superviseur", "admin": "Administrateur", "": "N’est pas agent"},
	},
}
