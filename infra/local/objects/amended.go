package objects

import "net/http"

// amended changes the headers of an answer at the last moment, when the library has set its own.
type amended struct {
	http.ResponseWriter
	amend func(status int)
	done  bool
}

func (a *amended) WriteHeader(status int) {
	a.settle(status)
	a.ResponseWriter.WriteHeader(status)
}

func (a *amended) Write(p []byte) (int, error) {
	a.settle(http.StatusOK)
	return a.ResponseWriter.Write(p)
}

// settle is also for the end of an answer that has neither a status nor a body of its own.
func (a *amended) settle(status int) {
	if !a.done {
		a.done = true
		a.amend(status)
	}
}
