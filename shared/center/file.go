package center

import "time"

// FileLifetime is how long a file may wait to be named by a message.
const FileLifetime = 24 * time.Hour

// File is what an agent announced to upload. Whether it is there, and what it is, the object store knows.
type File struct {
	ID      string
	AgentID string // who alone may send it
	Name    string
	Type    string // media type, as the browser calls it
	Bytes   int64
	At      time.Time
}

// Key is the file's name in the object store.
func (f *File) Key() string { return FileKey(f.ID) }

// FileKey is the name in the object store of a file, whoever sent it.
func FileKey(fileID string) string { return "files/" + fileID }
