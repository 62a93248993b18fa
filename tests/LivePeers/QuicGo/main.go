// A QUIC peer over quic-go, for the tests of our own QUIC: a server that sends everything back, and clients that compare
// what comes back. It says on standard output, a line each, what the test has to know.
//
//	peer server [-close CODE] [-reason TEXT]
//	peer streams -to ADDRESS -root FILE -count N
//	peer bytes -to ADDRESS -root FILE -count N
//	peer uni -to ADDRESS -root FILE -count N
//	peer close -to ADDRESS -root FILE -close CODE -reason TEXT
//	peer closed -to ADDRESS -root FILE
package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/logging"
)

const protocol = "skytale/1"

var (
	flags   = flag.NewFlagSet("peer", flag.ExitOnError)
	address = flags.String("to", "", "the server's address")
	root    = flags.String("root", "", "the certificate to trust, PEM")
	count   = flags.Int("count", 1, "how many streams or bytes")
	code    = flags.Uint64("close", 0, "the application error code to close with")
	reason  = flags.String("reason", "", "the words beside the code")
)

var output sync.Mutex

// say writes one line for the test.
func say(format string, values ...any) {
	output.Lock()
	defer output.Unlock()
	fmt.Printf(format+"\n", values...)
}

func config() *quic.Config {
	return &quic.Config{
		MaxIncomingStreams:    2000,
		MaxIncomingUniStreams: 2000,
		MaxIdleTimeout:        30 * time.Second,
		Tracer:                traceKeys,
	}
}

// traceKeys tells each key update (RFC 9001 § 6) that an acknowledgement has shown to be complete.
func traceKeys(context.Context, logging.Perspective, quic.ConnectionID) *logging.ConnectionTracer {
	return &logging.ConnectionTracer{
		UpdatedKey: func(phase logging.KeyPhase, remote bool) { say("keys %d remote=%t", phase, remote) },
	}
}

// ending describes why a connection ended: who said so, with which code and words.
func ending(err error) string {
	var application *quic.ApplicationError
	var transport *quic.TransportError
	var idle *quic.IdleTimeoutError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &application):
		return fmt.Sprintf("application %d remote=%t %s", application.ErrorCode, application.Remote, application.ErrorMessage)
	case errors.As(err, &certificate):
		return "certificate refused here"
	case errors.As(err, &transport):
		return fmt.Sprintf("transport 0x%x remote=%t %s", uint64(transport.ErrorCode), transport.Remote, transport.ErrorMessage)
	case errors.As(err, &idle):
		return "idle"
	default:
		return fmt.Sprintf("other %v", err)
	}
}

func main() {
	if len(os.Args) < 2 {
		flags.Usage()
		os.Exit(2)
	}
	_ = flags.Parse(os.Args[2:]) // Exits by itself on a mistake.
	var err error
	if os.Args[1] == "server" {
		err = serve()
	} else {
		err = runClient(os.Args[1])
	}
	if err != nil {
		say("failed %s", ending(err))
		os.Exit(1)
	}
}
