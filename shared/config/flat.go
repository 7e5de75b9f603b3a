package config

import (
	"fmt"
	"hash/crc32"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// flat lists the settings of a value by their path, without those that are zero: two values are alike if their lists are.
func flat(value any) map[string]string {
	out := map[string]string{}
	flatten(out, "", reflect.ValueOf(value))
	return out
}

func flatten(out map[string]string, at string, v reflect.Value) {
	if !v.IsValid() || v.IsZero() {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.Elem().IsZero() { // hours without a day are not hours that nobody has given
			out[at] = "empty"
		}
		flatten(out, at, v.Elem())
	case reflect.Struct:
		if t, ok := v.Interface().(time.Time); ok {
			out[at] = t.Format(time.RFC3339)
			return
		}
		for i := range v.NumField() {
			flatten(out, below(at, v.Type().Field(i).Name), v.Field(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			flatten(out, below(at, fmt.Sprint(key)), v.MapIndex(key))
		}
	case reflect.Array, reflect.Slice:
		flattenList(out, at, v)
	default:
		out[at] = fmt.Sprint(v.Interface())
	}
}

func flattenList(out map[string]string, at string, v reflect.Value) {
	if data, ok := v.Interface().([]byte); ok {
		out[at] = fmt.Sprintf("%d bytes, %08x", len(data), crc32.ChecksumIEEE(data))
		return
	}
	var texts []string
	for i := range v.Len() {
		texts = append(texts, fmt.Sprint(v.Index(i).Interface()))
	}
	if v.Kind() == reflect.Array { // of which each place has a meaning
		for i, text := range texts {
			if !v.Index(i).IsZero() {
				out[fmt.Sprintf("%s[%d]", at, i)] = text
			}
		}
		return
	}
	for i, text := range texts {
		if text == "" || strings.Contains(text, ", ") { // else one text could look like two
			texts[i] = strconv.Quote(text)
		}
	}
	out[at] = strings.Join(texts, ", ")
}

func below(at, name string) string {
	return strings.Join(slices.DeleteFunc([]string{at, name}, func(s string) bool { return s == "" }), ".")
}
