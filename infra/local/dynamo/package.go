package dynamo

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"guichet/infra/local/lockfile"
)

// DynamoDB Local 1.25.1 is carried whole by this npm package; only its emulator folder is unpacked, and none of the
// package's dependencies are installed.
const (
	packageName      = "amplify-dynamodb-simulator@2.9.30"
	packageIntegrity = "sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ=="
	packageFolder    = "package/emulator/"
	unpackedName     = "dynamodb-local-1.25.1"
)

var errNoNPM = errors.New(`DynamoDB Local is taken from npm once, and no "npm" was found.
  Debian, Ubuntu:  sudo apt-get install nodejs npm   (Node.js 20 or later)
  macOS:           brew install node
  or set GUICHET_DYNAMODB_DIR to a folder that has DynamoDBLocal.jar`)

// obtain returns the folder that DynamoDB Local is unpacked in, taking it from npm the first time.
func obtain(ctx context.Context) (string, error) {
	caches, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find the cache folder: %w", err)
	}
	cache := filepath.Join(caches, "guichet")
	unpacked := filepath.Join(cache, unpackedName)
	if _, err := os.Stat(unpacked); err == nil {
		return unpacked, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", fmt.Errorf("make the cache folder: %w", err)
	}
	lock, err := lockfile.Wait(unpacked + ".lock")
	if err != nil {
		return "", err
	}
	defer func() { _ = lock.Release() }()
	if _, err := os.Stat(unpacked); err == nil {
		return unpacked, nil
	}
	if err := download(ctx, cache, unpacked); err != nil {
		return "", fmt.Errorf("obtain DynamoDB Local: %w", err)
	}
	return unpacked, nil
}

// download leaves either a complete folder or none.
func download(ctx context.Context, cache, unpacked string) error {
	scratch, err := os.MkdirTemp(cache, "download-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	npm, err := exec.LookPath("npm")
	if err != nil {
		return errNoNPM
	}
	pack := exec.CommandContext(ctx, npm, "pack", packageName, "--silent", "--pack-destination", scratch)
	if output, err := pack.CombinedOutput(); err != nil {
		return fmt.Errorf("npm pack %s: %w: %s", packageName, err, output)
	}
	archives, err := filepath.Glob(filepath.Join(scratch, "*.tgz"))
	if err != nil || len(archives) != 1 {
		return fmt.Errorf("npm pack %s left %d archives", packageName, len(archives))
	}
	if err := verify(archives[0], packageIntegrity); err != nil {
		return err
	}
	contents := filepath.Join(scratch, "contents")
	if err := unpack(archives[0], contents); err != nil {
		return err
	}
	return os.Rename(contents, unpacked)
}

// verify checks a file against a Subresource Integrity value, as package-lock.json has them.
func verify(file, integrity string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	hash := sha512.New()
	if _, err := io.Copy(hash, f); err != nil {
		return err
	}
	if got := "sha512-" + base64.StdEncoding.EncodeToString(hash.Sum(nil)); got != integrity {
		return fmt.Errorf("%s has integrity %s, not %s", filepath.Base(file), got, integrity)
	}
	return nil
}

// unpack writes the regular files below packageFolder into the folder.
func unpack(archive, folder string) error {
	f, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("unzip: %w", err)
	}
	for entries := tar.NewReader(unzipped); ; {
		entry, err := entries.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("unpack: %w", err)
		}
		// Cleaned, a name that has the prefix can't climb out of its folder.
		name, wanted := strings.CutPrefix(path.Clean(entry.Name), packageFolder)
		if !wanted || entry.Typeflag != tar.TypeReg {
			continue
		}
		if err := writeFile(filepath.Join(folder, filepath.FromSlash(name)), entries); err != nil {
			return fmt.Errorf("unpack %s: %w", name, err)
		}
	}
}

func writeFile(name string, content io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, content); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
