package objects_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/objects"
	"guichet/shared/objects/objectstest"
)

func put(t *testing.T, b *objects.Bucket, key, mediaType, content string) {
	t.Helper()
	require.NoError(t, b.Put(t.Context(), key, mediaType, strings.NewReader(content), int64(len(content))))
}

// send makes a request as a browser does.
func send(t *testing.T, method, link, body string, headers map[string]string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, link, strings.NewReader(body))
	require.NoError(t, err)
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	raw, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response, string(raw)
}

func TestReadReturnsWhatWasPut(t *testing.T) {
	t.Parallel()
	b := objectstest.Open(t)
	put(t, b, "files/fl_1", "text/plain", "bonjour")
	for limit, want := range map[int64]string{3: "bon", 7: "bonjour", 100: "bonjour"} {
		head, size, err := b.Read(t.Context(), "files/fl_1", limit)
		require.NoError(t, err)
		assert.Equal(t, want, string(head), limit)
		assert.EqualValues(t, 7, size)
	}
	put(t, b, "files/fl_1", "text/plain", "au revoir")
	head, _, err := b.Read(t.Context(), "files/fl_1", 100)
	require.NoError(t, err)
	assert.Equal(t, "au revoir", string(head), "putting again is harmless")
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	t.Parallel()
	_, _, err := objectstest.Open(t).Read(t.Context(), "files/fl_none", 10)
	assert.Equal(t, center.NotFound, center.CodeOf(err))
}

func TestAFileOfAnotherSizeIsNotPut(t *testing.T) {
	t.Parallel()
	b := objectstest.Open(t)
	for name, body := range map[string]io.Reader{
		"longer": strings.NewReader("bonjour"), "shorter": strings.NewReader("bon"), "broken": iotest.ErrReader(errors.New("the line broke")),
	} {
		require.Error(t, b.Put(t.Context(), "files/fl_1", "text/plain", body, 5), name)
		_, _, err := b.Read(t.Context(), "files/fl_1", 10)
		assert.Equal(t, center.NotFound, center.CodeOf(err), name)
	}
}

func TestAnUploadIsBoundToItsTypeAndSize(t *testing.T) {
	t.Parallel()
	b := objectstest.Open(t)
	link, headers, err := b.PresignPut(t.Context(), "files/fl_1", "image/png", 4, time.Minute)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"Content-Type": "image/png"}, headers, "what a browser has to be told")

	for name, tc := range map[string]struct {
		body    string
		headers map[string]string
	}{
		"another type": {"data", map[string]string{"Content-Type": "text/html"}},
		"no type":      {"data", nil},
		"a larger one": {"more data", headers},
	} {
		response, _ := send(t, http.MethodPut, link, tc.body, tc.headers)
		assert.Equal(t, http.StatusForbidden, response.StatusCode, name)
	}
	response, answer := send(t, http.MethodPut, strings.Replace(link, "fl_1", "fl_2", 1), "data", headers)
	assert.Equal(t, http.StatusForbidden, response.StatusCode, "another key: %s", answer)

	response, answer = send(t, http.MethodPut, link, "data", headers)
	require.Equal(t, http.StatusOK, response.StatusCode, answer)
	head, size, err := b.Read(t.Context(), "files/fl_1", 10)
	require.NoError(t, err)
	assert.Equal(t, "data", string(head))
	assert.EqualValues(t, 4, size)
}

func TestLinksSayWhatABrowserDoesWithTheFile(t *testing.T) {
	t.Parallel()
	b := objectstest.Open(t)
	put(t, b, "files/fl_1", "text/html", "<script>alert(1)</script>")
	for name, tc := range map[string]struct {
		name, mediaType   string
		inline            bool
		disposition, told string
	}{
		"a picture":            {"a.png", "image/png", true, "inline; filename=a.png", "image/png"},
		"a picture to save":    {"a.png", "image/png", false, "attachment; filename=a.png", "image/png"},
		"sound, by an alias":   {"", "audio/x-m4a", true, "inline", "audio/mp4"},
		"a document":           {"a b.pdf", "application/pdf", true, `attachment; filename="a b.pdf"`, "application/pdf"},
		"an accent":            {"été.pdf", "application/pdf", true, "attachment; filename*=utf-8''%C3%A9t%C3%A9.pdf", "application/pdf"},
		"a page":               {"a.html", "text/html", true, "attachment; filename=a.html", "application/octet-stream"},
		"a picture with code":  {"a.svg", "image/svg+xml", true, "attachment; filename=a.svg", "application/octet-stream"},
		"a name that breaks":   {"a\"\r\nX: y.pdf", "application/pdf", true, `attachment; filename*=utf-8''a%22%0D%0AX%3A%20y.pdf`, "application/pdf"},
		"a text with a script": {"a.txt", "text/plain", true, "attachment; filename=a.txt", "text/plain"},
	} {
		link, err := b.PresignGet(t.Context(), "files/fl_1", tc.name, tc.mediaType, tc.inline, time.Minute)
		require.NoError(t, err, name)
		response, _ := send(t, http.MethodGet, link, "", nil)
		assert.Equal(t, http.StatusOK, response.StatusCode, name)
		assert.Equal(t, tc.disposition, response.Header.Get("Content-Disposition"), name)
		assert.Equal(t, tc.told, response.Header.Get("Content-Type"), name)

		forged, err := url.Parse(link)
		require.NoError(t, err)
		query := forged.Query()
		query.Set("response-content-type", "text/html")
		forged.RawQuery = query.Encode()
		response, _ = send(t, http.MethodGet, forged.String(), "", nil)
		assert.Equal(t, http.StatusForbidden, response.StatusCode, name)
	}
}

// office makes a document as office programs do: a zip file whose parts say what it is.
func office(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range parts {
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		require.NoError(t, err)
		if name == "mimetype" {
			_, err = part.Write([]byte("application/vnd.oasis.opendocument.text"))
		} else {
			_, err = part.Write([]byte("<xml/>"))
		}
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

func TestTheContentTellsTheType(t *testing.T) {
	t.Parallel()
	b := objectstest.Open(t)
	for want, content := range map[string][]byte{
		"image/png":       []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
		"image/jpeg":      []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"),
		"image/gif":       []byte("GIF89a\x01\x00\x01\x00"),
		"image/webp":      []byte("RIFF\x24\x00\x00\x00WEBPVP8 "),
		"image/heic":      []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
		"audio/mpeg":      []byte("ID3\x03\x00\x00\x00\x00\x00\x00"),
		"audio/mp4":       []byte("\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42"),
		"audio/ogg":       append([]byte("OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x13"), "OpusHead\x01"...),
		"audio/wav":       []byte("RIFF\x24\x00\x00\x00WAVEfmt "),
		"audio/amr":       []byte("#!AMR\n"),
		"video/mp4":       []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"),
		"video/quicktime": []byte("\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  "),
		"video/3gpp":      []byte("\x00\x00\x00\x14ftyp3gp4\x00\x00\x00\x003gp4"),
		"video/webm":      append([]byte("\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08"), "B\x82\x84webm"...),
		"application/pdf": []byte("%PDF-1.7\n"),
		"text/plain":      []byte("Bonjour, ça va ?"),
		"text/csv":        []byte("name,age\nAda,36\nZoé,41\n"),
		"text/vcard":      []byte("BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nEND:VCARD\n"),
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   office(t, "[Content_Types].xml", "_rels/.rels", "word/document.xml"),
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         office(t, "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"),
		"application/vnd.openxmlformats-officedocument.presentationml.presentation": office(t, "[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml"),
		"application/vnd.oasis.opendocument.text":                                   office(t, "mimetype", "content.xml"),
	} {
		assert.Equal(t, want, b.Sniff(content))
		assert.True(t, center.AttachmentAllowed(want), want)
	}
	for name, content := range map[string]string{
		"HTML": "<!DOCTYPE html><script>alert(1)</script>", "SVG": `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`,
		"a script": "#!/bin/sh\nrm -rf /\n", "a program": "MZ\x90\x00\x03", "another program": "\x7fELF\x02\x01\x01\x00", "an archive": "PK\x03\x04",
		"an installer": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "nothing known": "\x00\x01\x02\x03",
	} {
		assert.False(t, center.AttachmentAllowed(b.Sniff([]byte(content))), "%s: %s", name, b.Sniff([]byte(content)))
	}
}
