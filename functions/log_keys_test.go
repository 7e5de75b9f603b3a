package functions_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// logKeys are those under which lines may say something. A new one is a decision: nothing of a customer's may be said, and what others
// say already has its key.
var logKeys = []string{
	"contact", "chat", "message", "agent", "connection", "recording", "event", "call", // whom or what a line is about
	"component", "operation", "path", "method", "pattern", "type", "channel", "inbox", "bytes", "reason", "error",
}

var logMethod = regexp.MustCompile(`^(Debug|Info|Warn|Error)(Context)?$`)

// TestLogLinesUseTheSameKeys reads the calls of loggers in what runs in functions.
func TestLogLinesUseTheSameKeys(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, root := range []string{".", "../shared"} {
		require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			require.NoError(t, err)
			ast.Inspect(file, func(n ast.Node) bool {
				for _, key := range keysOf(n) {
					used[key] = true
					assert.Contains(t, logKeys, key, path)
				}
				return true
			})
			return nil
		}))
	}
	for _, key := range logKeys {
		assert.True(t, used[key], "%s: nobody says it any more", key)
	}
}

// keysOf are the keys of a call of a logger: of With("component", …), or behind the message of Error("…", "contact", …). Those that are
// constants of package logline are known.
func keysOf(n ast.Node) []string {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	first := 0
	switch {
	case method.Sel.Name == "With" && isLogger(method.X):
	case logMethod.MatchString(method.Sel.Name) && isLogger(method.X):
		first = 1
		if strings.HasSuffix(method.Sel.Name, "Context") {
			first = 2
		}
	default:
		return nil
	}
	var keys []string
	for i := first; i < len(call.Args); i += 2 {
		if literal, ok := call.Args[i].(*ast.BasicLit); ok && literal.Kind == token.STRING {
			key, _ := strconv.Unquote(literal.Value)
			keys = append(keys, key)
		}
	}
	return keys
}

// isLogger tells whether an expression is called as loggers are here: log, or something's Log.
func isLogger(x ast.Expr) bool {
	name := ""
	switch x := x.(type) {
	case *ast.Ident:
		name = x.Name
	case *ast.SelectorExpr:
		name = x.Sel.Name
	case *ast.CallExpr:
		if f, ok := x.Fun.(*ast.Ident); ok {
			name = f.Name
		}
	}
	return slices.Contains([]string{"log", "Log", "logger", "slog"}, name)
}
