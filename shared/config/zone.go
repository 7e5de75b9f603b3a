package config

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// zoneFolders are where systems have the time zone database.
var zoneFolders = []string{"/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/usr/lib/locale/TZ", "/etc/zoneinfo"}

var errNoZone = errors.New("no such time zone")

// zoneData reads a zone of the time zone database (https://www.iana.org/time-zones) from the system, else from Go's own copy, as
// package time does.
func zoneData(name string) ([]byte, error) {
	if name == "" || !fs.ValidPath(name) || strings.HasPrefix(name, ".") {
		return nil, errNoZone
	}
	for _, folder := range zoneFolders {
		if data, err := os.ReadFile(filepath.Join(folder, name)); err == nil { //nolint:gosec // a valid path below the folder
			return valid(name, data)
		}
	}
	data, err := ofGo(name)
	if err != nil {
		return nil, err
	}
	return valid(name, data)
}

func valid(name string, data []byte) ([]byte, error) {
	_, err := time.LoadLocationFromTZData(name, data)
	return data, err
}

// goRoot is where Go is, if it is.
var goRoot = sync.OnceValues(func() (string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	return strings.TrimSpace(string(root)), err
})

func ofGo(name string) ([]byte, error) {
	root, err := goRoot()
	if err != nil {
		return nil, errNoZone
	}
	archive, err := zip.OpenReader(filepath.Join(root, "lib", "time", "zoneinfo.zip"))
	if err != nil {
		return nil, errNoZone
	}
	defer func() { _ = archive.Close() }()
	file, err := archive.Open(path.Clean(name))
	if err != nil {
		return nil, errNoZone
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(file)
}
