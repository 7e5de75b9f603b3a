package stepfunctions

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// remembered is how long an ended execution keeps its name; the service keeps it for 90 days, and here the file
// shall stay small.
const remembered = 7 * 24 * time.Hour

// journal is a file of JSON lines; the last line about an execution holds.
type journal struct{ file *os.File }

// openJournal returns what the journal knows, and the journal rewritten without what is out of date.
func openJournal(path string, now time.Time) (*journal, map[string]*execution, error) {
	executions, err := readJournal(path)
	if err != nil {
		return nil, nil, err
	}
	rewritten, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("write journal: %w", err)
	}
	j := &journal{file: rewritten}
	for arn, e := range executions {
		if e.Status != running && now.Sub(e.Stopped) > remembered {
			delete(executions, arn)
			continue
		}
		if err := j.write(e); err != nil {
			return nil, nil, errors.Join(err, j.close())
		}
	}
	if err := os.Rename(path+".new", path); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("write journal: %w", err), j.close())
	}
	return j, executions, nil
}

func readJournal(path string) (map[string]*execution, error) {
	executions := map[string]*execution{}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return executions, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 4*maxPayload)
	for lines.Scan() {
		e := &execution{}
		// Only the last line of a process that was killed can be cut short; what it said had not been answered yet.
		if err := json.Unmarshal(lines.Bytes(), e); err != nil {
			continue
		}
		executions[e.ARN] = e
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read journal %s: %w", path, err)
	}
	return executions, nil
}

func (j *journal) write(e *execution) error {
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	if _, err := j.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

func (j *journal) close() error { return j.file.Close() }
