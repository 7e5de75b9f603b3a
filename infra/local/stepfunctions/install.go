package stepfunctions

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"guichet/infra/local/lockfile"
)

//go:embed interpreter
var interpreter embed.FS

// ErrNoNode says how to get the missing Node.js.
var ErrNoNode = errors.New(`the state-machine interpreter needs Node.js 20 or later with npm, and found none.
  Debian, Ubuntu:  sudo apt-get install nodejs npm   (where that is older: https://nodejs.org/en/download)
  macOS:           brew install node`)

const oldestNode = 20

// findNode returns the program after checking that it is not too old.
func findNode(ctx context.Context) (string, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return "", ErrNoNode
	}
	output, err := exec.CommandContext(ctx, node, "--version").Output()
	if err != nil {
		return "", fmt.Errorf("%w (node --version: %w)", ErrNoNode, err)
	}
	version := strings.TrimSpace(string(output))
	major, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	if n, err := strconv.Atoi(major); err != nil || n < oldestNode {
		return "", fmt.Errorf("%w (this one is %s)", ErrNoNode, version)
	}
	return node, nil
}

// install returns the folder that has the interpreter with its dependencies, as its lock file pins them. The first
// run of a version of it takes them from npm.
func install(ctx context.Context) (string, error) {
	caches, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find the cache folder: %w", err)
	}
	cache := filepath.Join(caches, "guichet")
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", fmt.Errorf("make the cache folder: %w", err)
	}
	hash := sha256.New()
	for _, name := range []string{"main.mjs", "package.json", "package-lock.json"} {
		content, err := interpreter.ReadFile("interpreter/" + name)
		if err != nil {
			return "", fmt.Errorf("read the interpreter: %w", err)
		}
		hash.Write(content)
	}
	installed := filepath.Join(cache, "stepfunctions-"+hex.EncodeToString(hash.Sum(nil))[:16])
	lock, err := lockfile.Wait(installed + ".lock")
	if err != nil {
		return "", err
	}
	defer func() { _ = lock.Release() }()
	if _, err := os.Stat(installed); err == nil {
		return installed, nil
	}
	if err := installTo(ctx, installed); err != nil {
		return "", fmt.Errorf("install the state-machine interpreter: %w", err)
	}
	return installed, nil
}

// installTo leaves either a complete folder or none.
func installTo(ctx context.Context, installed string) error {
	scratch, err := os.MkdirTemp(filepath.Dir(installed), "install-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	if err := os.CopyFS(scratch, interpreter); err != nil {
		return err
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		return ErrNoNode
	}
	folder := filepath.Join(scratch, "interpreter")
	command := exec.CommandContext(ctx, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--engine-strict=false")
	command.Dir = folder
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w: %s", err, output)
	}
	return os.Rename(folder, installed)
}
