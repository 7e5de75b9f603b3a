package store

import (
	"errors"
	"fmt"

	"guichet/shared/center"
)

// attempts bounds how often a change is tried again after somebody else's.
const attempts = 10

// ErrUnchanged is a try that found nothing to write.
var ErrUnchanged = errors.New("nothing to write")

// Retry runs try until its reads were fresh. The first read is eventually consistent, because nearly always that
// is fresh enough and half the price; a refusal to write that rests on it is checked once more against the truth.
func Retry(try func(consistent bool) error) error {
	err := try(false)
	refused := errors.Is(err, ErrUnchanged) || center.CodeOf(err) != ""
	for n := 1; n < attempts && (errors.Is(err, ErrStale) || n == 1 && refused); n++ {
		err = try(true)
	}
	switch {
	case errors.Is(err, ErrUnchanged):
		return nil
	case errors.Is(err, ErrStale):
		return fmt.Errorf("gave up after %d attempts: %w", attempts, err)
	}
	return err
}
