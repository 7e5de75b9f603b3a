package messaging

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"sync"
	"time"
)

const (
	// FilesPath is where Files serves.
	FilesPath = "/cdn/"
	// maxFile is more than the product takes, so that its refusal can be seen. keptBytes bounds all files together.
	maxFile   = 24 << 20
	keptBytes = 256 << 20
	fetchTime = 20 * time.Second
)

// File is a picture or another attachment. Its content is in Files for as long as there is room.
type File struct {
	ID    string `json:"id"`
	Name  string `json:"name,omitempty"`
	Type  string `json:"type"`
	Bytes int    `json:"bytes"`
}

// ErrTooLarge is a file over the limit.
var ErrTooLarge = errors.New("the file is too large")

// Files is the providers' store of attachments, with links that expire.
type Files struct {
	base string
	key  []byte
	now  func() time.Time

	mu      sync.Mutex
	content map[string][]byte
	files   map[string]File
	order   []string
	bytes   int
}

func newFiles(base string) *Files {
	return &Files{
		base: base, key: []byte(rand.Text()), now: time.Now, content: map[string][]byte{}, files: map[string]File{},
	}
}

// Add keeps a file, and drops the oldest ones when there is no room.
func (f *Files) Add(name, mediaType string, content []byte) (File, error) {
	if len(content) > maxFile {
		return File{}, ErrTooLarge
	}
	file := File{ID: rand.Text(), Name: name, Type: mediaType, Bytes: len(content)}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.content[file.ID], f.files[file.ID] = content, file
	f.order = append(f.order, file.ID)
	for f.bytes += len(content); f.bytes > keptBytes; f.order = f.order[1:] {
		f.bytes -= len(f.content[f.order[0]])
		delete(f.content, f.order[0])
		delete(f.files, f.order[0])
	}
	return file, nil
}

// Find returns a file and its content.
func (f *Files) Find(id string) (File, []byte, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	file, known := f.files[id]
	return file, f.content[id], known
}

// Link is an address of a file that works for a while. As on Facebook's servers, oe is the end in hexadecimal seconds
// and oh the signature.
func (f *Files) Link(id string, life time.Duration) string {
	end := strconv.FormatInt(f.now().Add(life).Unix(), 16)
	return f.base + FilesPath + id + "?" + url.Values{"oe": {end}, "oh": {f.sign(id, end)}}.Encode()
}

func (f *Files) sign(id, end string) string {
	mac := hmac.New(sha256.New, f.key)
	mac.Write([]byte(id + " " + end))
	return hex.EncodeToString(mac.Sum(nil))
}

// ServeHTTP answers links, at FilesPath.
func (f *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id, query := path.Base(r.URL.Path), r.URL.Query()
	end, err := strconv.ParseInt(query.Get("oe"), 16, 64)
	if err != nil || !hmac.Equal([]byte(f.sign(id, query.Get("oe"))), []byte(query.Get("oh"))) {
		http.Error(w, "Bad URL hash", http.StatusForbidden)
		return
	}
	if f.now().Unix() > end {
		http.Error(w, "URL signature expired", http.StatusForbidden)
		return
	}
	f.serve(w, id)
}

func (f *Files) serve(w http.ResponseWriter, id string) {
	file, content, known := f.Find(id)
	if !known {
		http.Error(w, "gone", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", file.Type)
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	if file.Name != "" {
		w.Header().Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": file.Name}))
	}
	_, _ = w.Write(content)
}

// Fetch gets what the product wants to attach, as a provider does: from its address, up to a number of bytes.
func (b *Book) Fetch(ctx context.Context, from string, most int64) (File, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return File{}, fmt.Errorf("fetch the attachment: %w", err)
	}
	response, err := b.http.Do(request)
	if err != nil {
		return File{}, fmt.Errorf("fetch the attachment: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return File{}, fmt.Errorf("fetch the attachment: the product answered %d", response.StatusCode)
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	if err != nil {
		return File{}, fmt.Errorf("fetch the attachment: %w", err)
	}
	if int64(len(content)) > most {
		return File{}, ErrTooLarge
	}
	_, parameters, _ := mime.ParseMediaType(response.Header.Get("Content-Disposition"))
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	return b.Files.Add(parameters["filename"], kind, content)
}
