package stepfunctions

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

const definitionSuffix = ".asl.json"

// placeholder is what CDK puts a function's ARN in the place of.
var placeholder = regexp.MustCompile(`\$\{(\w+)\}`)

// definitions reads the state machines of a folder. Placeholders keep their names, which are the functions' names here.
func definitions(files fs.FS, functions map[string]Function) (map[string]json.RawMessage, error) {
	names, err := fs.Glob(files, "*"+definitionSuffix)
	if err != nil {
		return nil, fmt.Errorf("find state machines: %w", err)
	}
	machines := make(map[string]json.RawMessage, len(names))
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read state machine: %w", err)
		}
		var unknown []string
		definition := placeholder.ReplaceAllStringFunc(string(content), func(found string) string {
			name := placeholder.FindStringSubmatch(found)[1]
			if _, known := functions[name]; !known {
				unknown = append(unknown, name)
			}
			return name
		})
		if len(unknown) > 0 {
			return nil, fmt.Errorf("state machine %s names functions that are not given: %s", name, strings.Join(unknown, ", "))
		}
		if !json.Valid([]byte(definition)) {
			return nil, fmt.Errorf("state machine %s is not JSON", name)
		}
		machines[strings.TrimSuffix(name, definitionSuffix)] = json.RawMessage(definition)
	}
	return machines, nil
}
