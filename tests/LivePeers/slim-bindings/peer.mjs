// A SLIM application over the real client, or a real SLIM node, driven over standard input and output: one JSON object a line
// asks, one answers. The argument is the folder that the client is installed in. A request has "id", "do" (a name of
// `operations`) and what that takes; the answer has the same id, and either "result" or "error". Times are milliseconds.
import { createHash, randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const installed = pathToFileURL(`${process.argv[2]}/node_modules/`);
const { default: slim } = await import(new URL("@agntcy/slim-bindings/index.js", installed));

const secret = "a secret that all the applications of these tests share";
const sessions = new Map();
let service, app, connection, lastSession = 0;

slim.initializeWithConfigs(slim.newRuntimeConfig(), slim.newTracingConfigWith(process.env.SLIM_LOG ?? "error", true, false, []), [slim.newServiceConfig()]);
service = slim.getGlobalService();

const nameOf = (text) => slim.Name.fromString(text);
const bufferOf = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex");

function remember(session) {
    sessions.set(++lastSession, session);
    return { session: lastSession, peer: session.destination().toString() };
}

function sessionOf(number) {
    return sessions.get(number) ?? fail(`no session ${number}`);
}

function fail(reason) {
    throw new Error(reason);
}

function authentication({ token, user, password }) {
    const { ClientAuthenticationConfig } = slim;
    if (token) return ClientAuthenticationConfig.StaticJwt.new({ config: slim.StaticJwtAuth.create({ tokenFile: token, duration: 3600 }) });
    if (user) return ClientAuthenticationConfig.Basic.new({ config: slim.BasicAuth.create({ username: user, password }) });
    return undefined;
}

// attempts: how often it tries to connect; without it, until it is in.
function clientConfig({ endpoint, ca, attempts, ...credentials }) {
    const config = ca ? slim.newSecureClientConfig(endpoint) : slim.newInsecureClientConfig(endpoint);
    if (ca) config.tls.caSource = slim.CaSource.Pem.new({ data: ca });
    config.auth = authentication(credentials) ?? config.auth;
    if (attempts !== undefined)
        config.backoff = slim.BackoffConfig.FixedInterval.new({ config: slim.FixedIntervalBackoff.create({ interval: 100, maxAttempts: BigInt(attempts) }) });
    return config;
}

// identity: { subject, issuer, audience, signingKey, trustedKey }, the keys PEM on P-256; without it the shared secret.
function createApp(name, identity) {
    if (!identity) return service.createAppWithSecret(nameOf(name), secret);
    const { issuer, audience, subject, signingKey, trustedKey } = identity;
    const key = (value) => slim.JwtKeyConfig.create({ algorithm: slim.JwtAlgorithm.Es256, format: slim.JwtKeyFormat.Pem, key: slim.JwtKeyData.Data.new({ value }) });
    const claims = { issuer, audience: [audience], duration: 3600000 };
    return service.createApp(
        nameOf(name),
        slim.IdentityProviderConfig.Jwt.new({ config: slim.ClientJwtAuth.create({ ...claims, subject, key: slim.JwtKeyType.Encoding.new({ key: key(signingKey) }) }) }),
        slim.IdentityVerifierConfig.Jwt.new({ config: slim.JwtAuth.create({ ...claims, subject: undefined, key: slim.JwtKeyType.Decoding.new({ key: key(trustedKey) }) }) }),
    );
}

const operations = {
    // A node of its own: the other side of comparisons.
    async serve({ endpoint }) {
        await service.runServerAsync(slim.newInsecureServerConfig(endpoint));
        return { version: slim.getVersion() };
    },

    async connect({ name, identity, ...server }) {
        app = createApp(name, identity);
        connection = await service.connectAsync(clientConfig(server));
        await app.subscribeAsync(app.name(), connection);
        return { name: app.name().toString() };
    },

    async subscribe({ name }) {
        await app.subscribeAsync(nameOf(name), connection);
        return {};
    },

    // maxRetries: its presence makes the session reliable.
    async open({ peer, group = false, maxRetries, interval = 1000, mls = false }) {
        const config = slim.SessionConfig.create({
            sessionType: group ? slim.SessionType.Group : slim.SessionType.PointToPoint,
            maxRetries,
            interval: maxRetries === undefined ? undefined : interval,
            metadata: new Map(),
            mlsSettings: mls ? slim.MlsSettings.create({ headerIntegrityValidationPercent: 100 }) : undefined,
        });
        if (!group) await app.setRouteAsync(nameOf(peer), connection);
        return remember(await app.createSessionAndWaitAsync(config, nameOf(peer)));
    },

    async listen({ timeout = 30000 }) {
        return remember(await app.listenForSessionAsync(timeout));
    },

    async invite({ session, peer }) {
        await app.setRouteAsync(nameOf(peer), connection);
        await sessionOf(session).inviteAndWaitAsync(nameOf(peer));
        return {};
    },

    async remove({ session, peer }) {
        await sessionOf(session).removeAndWaitAsync(nameOf(peer));
        return {};
    },

    // Away for a while: the group is told.
    async goAway({ session }) {
        await sessionOf(session).closeWithModeAndWaitAsync(slim.CloseMode.Soft);
        return {};
    },

    async rejoin({ session }) {
        await sessionOf(session).rejoinAndWaitAsync();
        return {};
    },

    async members({ session }) {
        return { members: (await sessionOf(session).participantsListAsync()).map((member) => member.name.toString()) };
    },

    // A text, or random bytes of a size. It waits until the session has done all it can.
    async publish({ session, text, size, type, metadata }) {
        const bytes = text === undefined ? randomBytes(size) : Buffer.from(text);
        await sessionOf(session).publishAndWaitAsync(bufferOf(bytes), type, metadata ? new Map(Object.entries(metadata)) : undefined);
        return { sha256: hashOf(bytes) };
    },

    async receive({ session, timeout = 30000 }) {
        const { context, payload } = await sessionOf(session).getMessageAsync(timeout);
        const bytes = Buffer.from(payload);
        return {
            sha256: hashOf(bytes),
            size: bytes.length,
            text: bytes.length > 1000 ? null : bytes.toString(),
            source: context.sourceName.toString(),
            type: context.payloadType,
            metadata: Object.fromEntries(context.metadata),
        };
    },

    // Sends back whatever comes, from now on until the session is over.
    async echo({ session }) {
        const served = sessionOf(session);
        const serve = async () => {
            for (;;) {
                const { payload } = await served.getMessageAsync(3600000);
                await served.publishAsync(payload, undefined, undefined);
            }
        };
        serve().catch((over) => process.stderr.write(`echo: ${over?.inner?.message ?? over?.message}\n`));
        return {};
    },

    // Requests one after the other, each answered before the next.
    async roundTrips({ session, count, size }) {
        const asked = sessionOf(session);
        const request = bufferOf(randomBytes(size));
        const milliseconds = [];
        for (let i = 0; i < count; i++) {
            const begun = performance.now();
            await asked.publishAndWaitAsync(request, undefined, undefined);
            await asked.getMessageAsync(30000);
            milliseconds.push(performance.now() - begun);
        }
        return { milliseconds };
    },

    // As many as the client takes in a time, 32 under way.
    async stream({ session, size, time }) {
        const used = sessionOf(session);
        const message = bufferOf(randomBytes(size));
        const end = performance.now() + time;
        let sent = 0;
        const send = async () => {
            while (performance.now() < end) {
                await used.publishAndWaitAsync(message, undefined, undefined);
                sent++;
            }
        };
        await Promise.all(Array.from({ length: 32 }, send));
        return { sent };
    },

    // What comes until nothing has come for a while, and the time from the first to the last.
    async count({ session, quiet }) {
        const counted = sessionOf(session);
        await counted.getMessageAsync(30000);
        const first = performance.now();
        let [received, last] = [1, first];
        for (;;) {
            try {
                await counted.getMessageAsync(quiet);
            } catch (nothing) {
                if (!/timeout/i.test(nothing?.inner?.message ?? nothing?.message)) throw nothing;
                return { received, milliseconds: last - first };
            }
            received++;
            last = performance.now();
        }
    },

    async delete({ session }) {
        await app.deleteSessionAndWaitAsync(sessionOf(session));
        return {};
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const { id, do: operation, ...rest } = JSON.parse(line);
    let answer;
    try {
        if (!Object.hasOwn(operations, operation)) throw new Error(`no operation ${operation}`);
        answer = { id, result: await operations[operation](rest) };
    } catch (error) {
        answer = { id, error: `${error?.name}: ${error?.inner?.message ?? error?.message}` };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
