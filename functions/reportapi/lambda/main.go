// Command reportapi is the bootstrap of the REST API of figures.
package main

import (
	"net/http"

	"guichet/functions/internal/boot"
	"guichet/functions/internal/rest"
	"guichet/functions/reportapi"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

func main() {
	boot.StartReading(rest.WithClaims, func(d *boot.Dependencies) http.Handler {
		return reportapi.New(d.Store, store.NewDirectories(d.Store), dispatch.Clock, d.Log)
	})
}
