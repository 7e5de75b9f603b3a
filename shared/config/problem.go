package config

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// Problem is something in a file that cannot be so.
type Problem struct {
	File string
	Line int    // from 1; 0 when it is of no line
	Path string // such as queues.que_support.ring; empty: the whole file
	Text string
}

func (p Problem) String() string {
	where := p.File
	if p.Line > 0 {
		where = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	if p.Path != "" {
		where += ": " + p.Path
	}
	return where + ": " + p.Text
}

// Problems are all that is wrong with a file, in the order of its lines.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// unreadable is the problem of a file that the library does not understand.
func unreadable(name string, err error) Problems {
	p := Problem{File: name, Text: err.Error()}
	var told yaml.Error
	if errors.As(err, &told) {
		p.Text = told.GetMessage()
		if token := told.GetToken(); token != nil {
			p.Line = token.Position.Line
		}
	}
	var kind *yaml.TypeError
	if errors.As(err, &kind) {
		p.Text = expected(kind.DstType) + " is expected here"
	}
	var node *yaml.UnexpectedNodeTypeError
	if errors.As(err, &node) {
		p.Text = parts[node.Expected == ast.SequenceType] + " is expected here"
	}
	return Problems{p}
}

// durationPattern is how package time quotes what it cannot read.
var durationPattern = regexp.MustCompile(`^time: .*duration ("(?:[^"\\\\]|\\\\.)*")$`)

// unreadableDuration is the problem of a duration that package time does not understand, which does not know the file.
func unreadableDuration(name string, root ast.Node, err error) (Problems, bool) {
	quoted := durationPattern.FindStringSubmatch(err.Error())
	if quoted == nil {
		return nil, false
	}
	text, _ := strconv.Unquote(quoted[1])
	p := Problem{File: name, Text: fmt.Sprintf("%s is expected here, not %q", expected(reflect.TypeFor[time.Duration]()), text)}
	ast.Walk(finder(func(node ast.Node) {
		if value, ok := node.(*ast.StringNode); ok && p.Line == 0 && value.Value == text {
			p.Line = value.Token.Position.Line
		}
	}), root)
	return Problems{p}, true
}

// finder shows every node to a function.
type finder func(ast.Node)

// Visit implements ast.Visitor.
func (f finder) Visit(node ast.Node) ast.Visitor {
	f(node)
	return f
}

// parts are what is no single value, by whether it is a list.
var parts = map[bool]string{true: "a list", false: "a part with keys of its own"}

// expected says what a type of the file is to a person.
func expected(t reflect.Type) string {
	if t == reflect.TypeFor[time.Duration]() {
		return "a time such as 20s, 5m or 1h30m"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	case reflect.Slice:
		return parts[true]
	case reflect.Map, reflect.Struct:
		return parts[false]
	}
	return "a text"
}

// place is a position in the file, by its keys.
type place []string

func (p place) of(keys ...string) place { return append(slices.Clone(p), keys...) }

// checker collects what is wrong with a file.
type checker struct {
	name     string
	root     ast.Node
	problems Problems
}

func (c *checker) wrong(at place, format string, values ...any) {
	c.problems = append(c.problems, Problem{
		File: c.name, Line: lineOf(c.root, at), Path: strings.Join(at, "."), Text: fmt.Sprintf(format, values...),
	})
}
