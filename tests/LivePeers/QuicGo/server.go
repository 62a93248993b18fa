package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"io"
	"math/big"
	"time"

	"github.com/quic-go/quic-go"
)

// serve sends back what comes on every stream, a one-way stream by another one; with -close it ends each connection at
// its first stream instead.
func serve() error {
	certificate, err := selfSigned()
	if err != nil {
		return err
	}
	listener, err := quic.ListenAddr("127.0.0.1:0", &tls.Config{
		Certificates: []tls.Certificate{certificate},
		NextProtos:   []string{protocol},
		MinVersion:   tls.VersionTLS13,
	}, config())
	if err != nil {
		return err
	}
	say("listening %s %s", listener.Addr(), base64.StdEncoding.EncodeToString(certificate.Certificate[0]))
	for {
		connection, err := listener.Accept(context.Background())
		if err != nil {
			return err
		}
		go serveConnection(connection)
	}
}

func serveConnection(connection quic.Connection) {
	go func() {
		<-connection.Context().Done()
		say("closed %s", ending(context.Cause(connection.Context())))
	}()
	go serveOneWay(connection)
	for {
		stream, err := connection.AcceptStream(context.Background())
		if err != nil {
			return // Said above.
		}
		if *code != 0 {
			_ = connection.CloseWithError(quic.ApplicationErrorCode(*code), *reason)
			return
		}
		go func() {
			if _, err := io.Copy(stream, stream); err == nil {
				_ = stream.Close()
			}
		}()
	}
}

func serveOneWay(connection quic.Connection) {
	for {
		incoming, err := connection.AcceptUniStream(context.Background())
		if err != nil {
			return // Said by serveConnection.
		}
		go func() {
			outgoing, err := connection.OpenUniStreamSync(context.Background())
			if err != nil {
				return
			}
			if _, err := io.Copy(outgoing, incoming); err == nil {
				_ = outgoing.Close()
			}
		}()
	}
}

func selfSigned() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		DNSNames:     []string{"localhost"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(24 * time.Hour),
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}
