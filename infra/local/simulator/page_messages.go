package simulator

import (
	"net/http"

	"guichet/infra/local/simulator/messaging"
)

// messagesPath is where the page reaches the messages.
const messagesPath = PagePath + "/api/messages"

// mountMessages adds what the page does with messages. Like calls, they are for pages of this origin.
func (s *Simulator) mountMessages(mux *http.ServeMux) {
	if s.cfg.Messages == nil {
		return
	}
	api := s.cfg.Messages.API(messagesPath)
	mux.Handle("GET "+messagesPath, api)
	mux.Handle("GET "+messagesPath+"/", api)
	mux.Handle("POST "+messagesPath+"/", s.sameOrigin(api.ServeHTTP))
}

// followMessages tells of every change of a thread, if there are messages at all.
func (s *Simulator) followMessages() (changes <-chan struct{}, stop func()) {
	if s.cfg.Messages == nil {
		return nil, func() {}
	}
	return s.cfg.Messages.Follow()
}

func (s *Simulator) threadsSince(version int64) ([]messaging.Thread, int64) {
	if s.cfg.Messages == nil {
		return nil, 0
	}
	return s.cfg.Messages.Since(version)
}
