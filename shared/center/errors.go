package center

import (
	"errors"
	"fmt"
)

// Code is the class of a domain error; adapters map it to their own protocol's statuses.
type Code string

// Classes of domain errors. Whatever is not an *Error is internal, and its text stays hidden from users.
const (
	NotFound  Code = "not-found" // absent, or not yours to know of
	Conflict  Code = "conflict"  // somebody else was first, or the state has moved on
	Invalid   Code = "invalid"   // the request can never succeed as it is
	Forbidden Code = "forbidden" // the role does not allow it
)

// Error is an error that a user may be told. Slug names the case, in kebab case, for programs and translations.
type Error struct {
	Code   Code
	Slug   string
	Detail string
}

func (e *Error) Error() string { return e.Detail }

// Errorf makes a domain error.
func Errorf(code Code, slug, format string, args ...any) error {
	return &Error{Code: code, Slug: slug, Detail: fmt.Sprintf(format, args...)}
}

// CodeOf returns the class of a domain error, or "" when err is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// SlugOf returns the case of a domain error, or "" when err is none.
func SlugOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Slug
	}
	return ""
}
