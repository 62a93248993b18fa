package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"os"

	"github.com/quic-go/quic-go"
)

func runClient(command string) error {
	pem, err := os.ReadFile(*root)
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return errors.New("there is no certificate in the file")
	}
	connection, err := quic.DialAddr(context.Background(), *address, &tls.Config{
		RootCAs:    roots,
		ServerName: "localhost",
		NextProtos: []string{protocol},
	}, config())
	if err != nil {
		return err
	}
	switch command {
	case "streams":
		err = all(func(i int) error { return compareStream(connection, i) })
	case "uni":
		err = compareOneWay(connection)
	case "bytes":
		err = compareHash(connection)
	case "close":
		// The server's first stream says that it has the connection.
		if _, err := connection.AcceptStream(context.Background()); err != nil {
			return err
		}
		return connection.CloseWithError(quic.ApplicationErrorCode(*code), *reason)
	case "closed":
		<-connection.Context().Done()
		say("closed %s", ending(context.Cause(connection.Context())))
		return nil
	default:
		err = fmt.Errorf("%q is no command", command)
	}
	if err != nil {
		return err
	}
	return connection.CloseWithError(0, "done")
}

// all runs the work for each number below -count at once, and gives the first error.
func all(work func(i int) error) error {
	results := make(chan error, *count)
	for i := range *count {
		go func() { results <- work(i) }()
	}
	for range *count {
		if err := <-results; err != nil {
			return err
		}
	}
	say("compared %d", *count)
	return nil
}

// content is what the stream of this number carries.
func content(i int) []byte {
	data := make([]byte, 1000+i)
	rand.New(rand.NewSource(int64(i))).Read(data)
	return data
}

func compareStream(connection quic.Connection, i int) error {
	stream, err := connection.OpenStreamSync(context.Background())
	if err != nil {
		return err
	}
	sent := content(i)
	if _, err := stream.Write(sent); err != nil {
		return err
	}
	if err := stream.Close(); err != nil {
		return err
	}
	received, err := io.ReadAll(stream)
	if err == nil && !bytes.Equal(sent, received) {
		err = fmt.Errorf("stream %d: other bytes came back", i)
	}
	return err
}

// compareOneWay sends each content on a stream of one direction and looks for all of them on those that come back.
func compareOneWay(connection quic.Connection) error {
	missing := make(map[string]bool)
	for i := range *count {
		missing[string(content(i))] = true
	}
	sending := make(chan error, 1)
	go func() {
		sending <- all(func(i int) error {
			stream, err := connection.OpenUniStreamSync(context.Background())
			if err != nil {
				return err
			}
			if _, err := stream.Write(content(i)); err != nil {
				return err
			}
			return stream.Close()
		})
	}()
	// All at once: streams share the connection's window, so that one whose end waits for it must not keep others unread.
	type read struct {
		content []byte
		err     error
	}
	reads := make(chan read, *count)
	for range *count {
		stream, err := connection.AcceptUniStream(context.Background())
		if err != nil {
			return err
		}
		go func() {
			received, err := io.ReadAll(stream)
			reads <- read{received, err}
		}()
	}
	for range *count {
		one := <-reads
		if one.err != nil {
			return one.err
		}
		if !missing[string(one.content)] {
			return errors.New("a stream came back with other bytes")
		}
		delete(missing, string(one.content))
	}
	return <-sending
}

// compareHash sends -count bytes on one stream and takes as many back, hashing both on the way.
func compareHash(connection quic.Connection) error {
	stream, err := connection.OpenStreamSync(context.Background())
	if err != nil {
		return err
	}
	sent, received := sha256.New(), sha256.New()
	sending := make(chan error, 1)
	go func() {
		source := io.LimitReader(rand.New(rand.NewSource(1)), int64(*count))
		if _, err := io.Copy(stream, io.TeeReader(source, sent)); err != nil {
			sending <- err
			return
		}
		sending <- stream.Close()
	}()
	length, err := io.Copy(received, stream)
	if err != nil {
		return err
	}
	if err := <-sending; err != nil {
		return err
	}
	say("hashes %d %x %x", length, sent.Sum(nil), received.Sum(nil))
	return nil
}
