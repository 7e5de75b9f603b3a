package rest

import (
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"guichet/shared/center"
)

// Problem renders an error as RFC 9457 says. What is no domain error is internal, and its text stays hidden.
func Problem(err error) *huma.ErrorModel {
	var ready *huma.ErrorModel
	if errors.As(err, &ready) {
		return ready
	}
	var out *signedOut
	if errors.As(err, &out) {
		return model(http.StatusUnauthorized, "signed-out", out.Error())
	}
	var e *center.Error
	if !errors.As(err, &e) {
		return model(http.StatusInternalServerError, "internal", "Something broke on our side. Nothing of your request is lost; try again.")
	}
	return model(status(e), e.Slug, e.Detail)
}

// Invalid is a 422 that names the field.
func Invalid(location, message string, value any) error {
	e := model(http.StatusUnprocessableEntity, "invalid", "validation failed")
	e.Errors = []*huma.ErrorDetail{{Location: location, Message: message, Value: value}}
	return e
}

func status(e *center.Error) int {
	switch e.Code {
	case center.NotFound:
		return http.StatusNotFound
	case center.Conflict:
		return http.StatusConflict
	case center.Forbidden:
		return http.StatusForbidden
	default:
		return http.StatusUnprocessableEntity
	}
}

func model(status int, slug, detail string) *huma.ErrorModel {
	return &huma.ErrorModel{Type: "/problems/" + slug, Title: http.StatusText(status), Status: status, Detail: detail}
}
