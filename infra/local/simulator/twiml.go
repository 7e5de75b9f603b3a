package simulator

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// element is one TwiML verb or noun.
type element struct {
	name     string
	attr     map[string]string
	text     string // of the element and of what is in it, as <Say> with SSML needs
	children []*element
}

// errNotTwiML is a document that Twilio answers with error 12100.
var errNotTwiML = errors.New("not a TwiML document")

// maxDepth bounds the nesting; TwiML with SSML stays under 5.
const maxDepth = 32

// parseTwiML reads a document and returns its <Response>.
func parseTwiML(document []byte) (*element, error) {
	if bytes.Contains(document, []byte("<?xml")) && !bytes.HasPrefix(document, []byte("<?xml")) {
		return nil, fmt.Errorf("something stands before the XML declaration: %w", errNotTwiML)
	}
	decoder := xml.NewDecoder(bytes.NewReader(document))
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("no <Response>: %w", errors.Join(err, errNotTwiML))
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local != "Response" {
			return nil, fmt.Errorf("root is <%s>: %w", start.Name.Local, errNotTwiML)
		}
		root, err := readElement(decoder, start, 0)
		if err != nil {
			return nil, errors.Join(err, errNotTwiML)
		}
		return root, readEnd(decoder)
	}
}

func readElement(decoder *xml.Decoder, start xml.StartElement, depth int) (*element, error) {
	if depth > maxDepth {
		return nil, errors.New("nested too deep")
	}
	e := &element{name: start.Name.Local, attr: make(map[string]string)}
	for _, a := range start.Attr {
		e.attr[a.Name.Local] = a.Value
	}
	var text strings.Builder
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("read <%s>: %w", e.name, err)
		}
		switch t := token.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.StartElement:
			child, err := readElement(decoder, t, depth+1)
			if err != nil {
				return nil, err
			}
			e.children = append(e.children, child)
			text.WriteString(" " + child.text + " ")
		case xml.EndElement:
			e.text = strings.Join(strings.Fields(text.String()), " ")
			return e, nil
		}
	}
}

// readEnd checks that nothing follows the root.
func readEnd(decoder *xml.Decoder) error {
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errors.Join(err, errNotTwiML)
		}
		if _, ok := token.(xml.StartElement); ok {
			return fmt.Errorf("two root elements: %w", errNotTwiML)
		}
	}
}

// whole is an attribute that is a whole number; or the default, also when it is not a number.
func (e *element) whole(name string, otherwise int) int {
	n, err := strconv.Atoi(strings.TrimSpace(e.attr[name]))
	if err != nil || n < 0 {
		return otherwise
	}
	return n
}

func (e *element) seconds(name string, otherwise int) time.Duration {
	return time.Duration(e.whole(name, otherwise)) * time.Second
}

// request is what the element's URL attribute asks for; false when it has none.
func (e *element) request(urlAttr, methodAttr string) (request, bool) {
	to, ok := e.attr[urlAttr]
	if !ok || to == "" {
		return request{}, false
	}
	return request{url: to, method: e.attr[methodAttr]}, true
}
