package reportapi

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"

	"guichet/functions/internal/rest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

// byteOrderMark tells spreadsheets that a text is UTF-8.
const byteOrderMark = "\uFEFF"

func (a *API) reportFile(ctx context.Context, me *center.Agent, in *reportFileInput) (*rest.File, error) {
	report, err := a.report(ctx, me, &in.ReportQuery)
	if err != nil {
		return nil, err
	}
	zone, err := a.clock(ctx)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	w := csv.NewWriter(&out)
	w.UseCRLF = true // RFC 4180
	l := locales[in.Language]
	w.Comma = l.comma
	heading := []string{l.date, l.hour, l.id, l.name}
	for _, c := range columns {
		heading = append(heading, c.heading[l.index])
	}
	records := [][]string{heading}
	for _, r := range report.Rows {
		hour := ""
		if report.By == byHour {
			hour = r.From.In(zone.Zone()).Format("15:04")
		}
		record := []string{r.Date, hour, harmless(r.ID), harmless(r.Name)}
		for _, c := range columns {
			record = append(record, l.number(c.value(r.Figures)))
		}
		records = append(records, record)
	}
	if err := w.WriteAll(records); err != nil {
		return nil, fmt.Errorf("write report: %w", err)
	}
	return &rest.File{
		ContentType: "text/csv; charset=utf-8", Body: out.Bytes(),
		Disposition: fmt.Sprintf(`attachment; filename="guichet-%s-%s-%s.csv"`, report.Group, report.From, report.To),
	}, nil
}

// harmless keeps spreadsheets from taking a text for a formula: https://owasp.org/www-community/attacks/CSV_Injection
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}

// locale is how a language's spreadsheets read a table.
type locale struct {
	index                int // of headings
	date, hour, id, name string
	comma                rune   // between cells
	point                string // before decimals
}

var locales = map[string]locale{
	"en": {0, "Date", "Hour", "ID", "Name", ',', "."},
	"fr": {1, "Date", "Heure", "Identifiant", "Nom", ';', ","},
}

// number renders a number, to the thousandth; a rate of nothing is an empty cell.
func (l locale) number(v *float64) string {
	if v == nil {
		return ""
	}
	return strings.Replace(strconv.FormatFloat(math.Round(*v*1000)/1000, 'f', -1, 64), ".", l.point, 1)
}

// column is one figure of the table.
type column struct {
	heading [2]string // English, French
	value   func(deskapi.Figures) *float64
}

func whole(of func(deskapi.Figures) int) func(deskapi.Figures) *float64 {
	return func(f deskapi.Figures) *float64 { v := float64(of(f)); return &v }
}

func seconds(of func(deskapi.Figures) float64) func(deskapi.Figures) *float64 {
	return func(f deskapi.Figures) *float64 { v := of(f); return &v }
}

type f = deskapi.Figures // the table below is long

var columns = []column{
	{[2]string{"Queued", "Entrés en file"}, whole(func(f f) int { return f.Queued })},
	{[2]string{"Handled", "Traités"}, whole(func(f f) int { return f.Handled })},
	{[2]string{"Abandoned", "Abandonnés"}, whole(func(f f) int { return f.Abandoned })},
	{[2]string{"Short abandons", "Abandons courts"}, whole(func(f f) int { return f.ShortAbandoned })},
	{[2]string{"Timed out", "Attente dépassée"}, whole(func(f f) int { return f.TimedOut })},
	{[2]string{"Failed", "En échec"}, whole(func(f f) int { return f.Failed })},
	{[2]string{"Incomplete", "Non aboutis"}, whole(func(f f) int { return f.Incomplete })},
	{[2]string{"Overflowed", "Débordés"}, whole(func(f f) int { return f.Overflowed })},
	{[2]string{"Callback requests", "Rappels demandés"}, whole(func(f f) int { return f.Callbacks })},
	{[2]string{"Answered in time", "Répondus à temps"}, whole(func(f f) int { return f.AnsweredWithin })},
	{[2]string{"Removed in time", "Sortis de file à temps"}, whole(func(f f) int { return f.RemovedWithin })},
	{[2]string{"Missed calls taken on", "Appels manqués repris"}, whole(func(f f) int { return f.Taken })},
	{[2]string{"Missed calls dialled", "Appels manqués rappelés"}, whole(func(f f) int { return f.Dialled })},
	{[2]string{"Attempts", "Tentatives"}, whole(func(f f) int { return f.Attempts })},
	{[2]string{"Chats opened", "Conversations ouvertes"}, whole(func(f f) int { return f.Opened })},
	{[2]string{"Chats assigned", "Conversations attribuées"}, whole(func(f f) int { return f.Assigned })},
	{[2]string{"Chats resolved", "Conversations résolues"}, whole(func(f f) int { return f.Resolved })},
	{[2]string{"Agent’s calls", "Appels de l’agent"}, whole(func(f f) int { return f.Calls })},
	{[2]string{"Wait (s)", "Attente (s)"}, seconds(func(f f) float64 { return f.WaitSeconds })},
	{[2]string{"Longest wait (s)", "Plus longue attente (s)"}, seconds(func(f f) float64 { return f.LongestWait })},
	{[2]string{"Talk (s)", "Conversation (s)"}, seconds(func(f f) float64 { return f.TalkSeconds })},
	{[2]string{"Hold (s)", "Mise en attente (s)"}, seconds(func(f f) float64 { return f.HoldSeconds })},
	{[2]string{"Wrap-up (s)", "Conclusion (s)"}, seconds(func(f f) float64 { return f.WrapUpSeconds })},
	{[2]string{"Handling time (s)", "Durée de traitement (s)"}, seconds(func(f f) float64 { return f.HandleSeconds })},
	{[2]string{"Average handling time (s)", "Durée moyenne de traitement (s)"}, func(f f) *float64 { return f.AverageHandle }},
	{[2]string{"Average talk (s)", "Conversation moyenne (s)"}, func(f f) *float64 { return f.AverageTalk }},
	{[2]string{"Average wait (s)", "Attente moyenne (s)"}, func(f f) *float64 { return f.AverageWait }},
	{[2]string{"Service level (%)", "Niveau de service (%)"}, func(f f) *float64 { return f.ServiceLevel }},
	{[2]string{"Answered level (%)", "Taux de réponse à temps (%)"}, func(f f) *float64 { return f.AnsweredLevel }},
	{[2]string{"Abandonment rate (%)", "Taux d’abandon (%)"}, func(f f) *float64 { return f.AbandonRate }},
	{[2]string{"Time with chats (s)", "Temps en conversations (s)"}, seconds(func(f f) float64 { return f.ChattingSeconds })},
	{[2]string{"Idle (s)", "Inoccupé (s)"}, seconds(func(f f) float64 { return f.IdleSeconds })},
	{[2]string{"Occupancy (%)", "Taux d’occupation (%)"}, func(f f) *float64 { return f.Occupancy }},
	{[2]string{"Average first response (s)", "Première réponse moyenne (s)"}, func(f f) *float64 { return f.FirstResponse }},
	{[2]string{"Longest first response (s)", "Plus longue première réponse (s)"}, seconds(func(f f) float64 { return f.LongestFirstResponse })},
}
