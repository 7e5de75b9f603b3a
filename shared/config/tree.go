package config

import (
	"maps"
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// lineOf is the line of a key, or of the nearest one above it: what is missing has none.
func lineOf(node ast.Node, at place) int {
	line := 0
	for _, key := range at {
		entry := entryOf(node, key)
		if entry == nil {
			break
		}
		line, node = entry.Key.GetToken().Position.Line, entry.Value
	}
	return line
}

func entryOf(node ast.Node, key string) *ast.MappingValueNode {
	for _, entry := range entries(node) {
		if entry.Key.GetToken().Value == key {
			return entry
		}
	}
	return nil
}

func entries(node ast.Node) []*ast.MappingValueNode {
	switch n := node.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	case *ast.AnchorNode:
		return entries(n.Value)
	}
	return nil
}

// valueOf is what the file says at a place; nil when nothing.
func valueOf(node ast.Node, at place) ast.Node {
	for _, key := range at {
		entry := entryOf(node, key)
		if entry == nil {
			return nil
		}
		node = entry.Value
	}
	if anchor, ok := node.(*ast.AnchorNode); ok {
		node = anchor.Value
	}
	if _, none := node.(*ast.NullNode); none {
		return nil
	}
	return node
}

// says tells whether the file says something at a place, be it zero.
func (c *checker) says(at place) bool { return valueOf(c.root, at) != nil }

// keysOf are those of a part of the file: in its order, then those that an alias or a merge brings. A key that was read otherwise than it
// is written, such as +33123456789 as a number, is wrong.
func keysOf[T any](c *checker, part map[string]T, at ...string) []string {
	var keys []string
	for _, entry := range entries(valueOf(c.root, at)) {
		switch key := entry.Key.GetToken().Value; {
		case entry.Key.IsMergeKey():
		case !has(part, key):
			c.wrong(place(at).of(key), "it is to be written in quotes")
			return nil
		default:
			keys = append(keys, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(part)) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func has[T any](m map[string]T, key string) bool {
	_, ok := m[key]
	return ok
}
