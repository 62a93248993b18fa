// Members of groups kept by ts-mls, driven over standard input and output: one JSON object a line asks, one answers.
// The argument is the folder that ts-mls is installed in. A request has "id", "do" (a name of `operations`) and what
// that takes; the answer has the same id, and either "result" or "error". Bytes are hexadecimal, MLS messages whole
// MLSMessage structures.
import { webcrypto } from "node:crypto";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

// Node 18 has it, but not under this name.
globalThis.crypto ??= webcrypto;

const installed = pathToFileURL(`${process.argv[2]}/node_modules/`);
const load = (file) => import(new URL(`ts-mls/dist/src/${file}`, installed));
const mls = await load("index.js");
const nist = await import(new URL("@noble/curves/nist.js", installed));
const { signLeafNodeCommit } = await load("leafNode.js");
const { mergePrivateKeyPaths } = await load("privateKeyPath.js");
const { decodeRatchetTree, ratchetTreeEncoder } = await load("ratchetTree.js");
const { createGroupInfoWithRatchetTree } = await load("createCommit.js");
const { encode } = await load("codec/tlsEncoder.js");
const { decodeVarLenData, varLenDataEncoder } = await load("codec/variableLength.js");

const clients = new Map();
const toHex = (bytes) => Buffer.from(bytes).toString("hex");
const fromHex = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const toMessage = (content) => toHex(mls.encodeMlsMessage({ version: "mls10", ...content }));

function fromMessage(hex) {
    const bytes = fromHex(hex);
    const [message, length] = mls.decodeMlsMessage(bytes, 0) ?? [];
    if (length !== bytes.length) throw new Error("not exactly one MLSMessage");
    return message;
}

// A value of each list is GREASE (RFC 9420, section 13.5), which the other side has to ignore.
const capabilities = (suite) => ({
    versions: ["mls10"],
    ciphersuites: [suite],
    extensions: [0x1a1a],
    proposals: [0x2a2a],
    credentials: ["basic"],
});

// RFC 9420, section 5.1.1, wants the points of the NIST curves uncompressed; ts-mls makes compressed ones and takes both.
async function generateSignatureKeys(suite, name) {
    const pair = await suite.signature.keygen();
    const curve = { P256: nist.p256, P384: nist.p384, P521: nist.p521 }[name];
    return curve === undefined ? pair : { ...pair, publicKey: curve.getPublicKey(pair.signKey, false) };
}

function client(name) {
    const found = clients.get(name);
    if (found === undefined) throw new Error(`no client ${name}`);
    return found;
}

const psks = (it) => mls.makePskIndex(it.state, it.psks);

function proposalOf(it, wanted) {
    switch (wanted.type) {
        case "add":
            return { proposalType: "add", add: { keyPackage: fromMessage(wanted.keyPackage).keyPackage } };
        case "remove":
            return { proposalType: "remove", remove: { removed: wanted.leaf } };
        case "psk": {
            const preSharedKeyId = { psktype: "external", pskId: fromHex(wanted.id), pskNonce: it.suite.rng.randomBytes(it.suite.kdf.size) };
            return { proposalType: "psk", psk: { preSharedKeyId } };
        }
        case "reinit": {
            const reinit = { groupId: fromHex(wanted.groupId), version: "mls10", cipherSuite: it.state.groupContext.cipherSuite, extensions: [] };
            return { proposalType: "reinit", reinit };
        }
        case "groupContextExtensions": {
            const extensions = wanted.extensions.map((one) => ({ extensionType: one.type, extensionData: fromHex(one.data) }));
            return { proposalType: "group_context_extensions", groupContextExtensions: { extensions } };
        }
        default:
            throw new Error(`no proposal ${wanted.type}`);
    }
}

// ts-mls can apply an Update but has no way to make one: the leaf is made here, its key kept for the commit that names it.
async function updateOf(it) {
    const { leafIndex } = it.state.privatePath;
    const { hpkePublicKey: _, ...old } = it.state.ratchetTree[2 * leafIndex].leaf;
    const pair = await it.suite.hpke.generateKeyPair();
    const hpkePublicKey = await it.suite.hpke.exportPublicKey(pair.publicKey);
    it.update = { hpkePublicKey, privateKey: await it.suite.hpke.exportPrivateKey(pair.privateKey) };
    const leaf = { ...old, hpkePublicKey, leafNodeSource: "update", groupId: it.state.groupContext.groupId, leafIndex };
    const leafNode = await signLeafNodeCommit(leaf, it.state.signaturePrivateKey, it.suite.signature);
    return { proposalType: "update", update: { leafNode } };
}

async function receive(it, state, message) {
    if (message.wireformat === "mls_private_message") return mls.processPrivateMessage(state, message.privateMessage, psks(it), it.suite);
    if (message.wireformat === "mls_public_message") return mls.processPublicMessage(state, message.publicMessage, psks(it), it.suite);
    throw new Error(`cannot process a ${message.wireformat}`);
}

function enter(it, state) {
    it.state = state;
    it.update = undefined;
}

function status(it) {
    const { state } = it;
    return {
        active: state.groupActiveState.kind === "active",
        epoch: Number(state.groupContext.epoch),
        leaf: state.privatePath.leafIndex,
        treeHash: toHex(state.groupContext.treeHash),
        authenticator: toHex(state.keySchedule.epochAuthenticator),
    };
}

const operations = {
    // With the signature key that ts-mls makes where asGenerated, else with one as the RFC has it.
    async keyPackage({ client: name, suite: number, asGenerated = false }) {
        const suiteName = Object.entries(mls.ciphersuites).find(([, value]) => value === number)[0];
        const parameters = mls.getCiphersuiteFromName(suiteName);
        const suite = await mls.getCiphersuiteImpl(parameters);
        const credential = { credentialType: "basic", identity: new TextEncoder().encode(name) };
        const keys = asGenerated ? await suite.signature.keygen() : await generateSignatureKeys(suite, parameters.signature);
        const pair = await mls.generateKeyPackageWithKey(credential, capabilities(suiteName), mls.defaultLifetime, [], keys, suite);
        clients.set(name, { psks: {}, ...clients.get(name), suite, ...pair });
        return { keyPackage: toMessage({ wireformat: "mls_key_package", keyPackage: pair.publicPackage }) };
    },

    async create({ client: name, groupId }) {
        const it = client(name);
        enter(it, await mls.createGroup(fromHex(groupId), it.publicPackage, it.privatePackage, [], it.suite));
        return status(it);
    },

    async join({ client: name, welcome, ratchetTree }) {
        const it = client(name);
        const tree = ratchetTree === undefined ? undefined : decodeRatchetTree(fromHex(ratchetTree), 0)[0];
        enter(it, await mls.joinGroup(fromMessage(welcome).welcome, it.publicPackage, it.privatePackage, psks(it), it.suite, tree));
        return status(it);
    },

    // ts-mls takes the extension's content for the key, where RFC 9420, section 12.4.3.2, has an opaque<V>. Unless
    // asGenerated it finds the key without its length; what the signature covers stays as it came.
    async joinExternally({ client: name, groupInfo: hex, resync, asGenerated = false }) {
        const it = client(name);
        const { groupInfo } = fromMessage(hex);
        if (!asGenerated) {
            const bare = groupInfo.extensions.map((one) =>
                one.extensionType === "external_pub" ? { ...one, extensionData: decodeVarLenData(one.extensionData, 0)[0] } : one);
            groupInfo.extensions.find = bare.find.bind(bare);
        }
        const joined = await mls.joinGroupExternal(groupInfo, it.publicPackage, it.privatePackage, resync, it.suite);
        enter(it, joined.newState);
        return { commit: toMessage({ wireformat: "mls_public_message", publicMessage: joined.publicMessage }) };
    },

    // Asks to be added, as a client that is no member yet.
    async proposeToJoin({ client: name, groupInfo }) {
        const it = client(name);
        return { proposal: toHex(mls.encodeMlsMessage(await mls.proposeAddExternal(fromMessage(groupInfo).groupInfo, it.publicPackage, it.privatePackage, it.suite))) };
    },

    // With the tree, and with the key for external commits: as ts-mls writes it where asGenerated, else as the RFC has it.
    async groupInfo({ client: name, asGenerated = false }) {
        const { state, suite } = client(name);
        const external = await suite.hpke.deriveKeyPair(state.keySchedule.externalSecret);
        const extensionData = encode(varLenDataEncoder)(await suite.hpke.exportPublicKey(external.publicKey));
        const extensions = [{ extensionType: "external_pub", extensionData }];
        const groupInfo = asGenerated
            ? await mls.createGroupInfoWithExternalPubAndRatchetTree(state, [], suite)
            : await createGroupInfoWithRatchetTree(state.groupContext, state.confirmationTag, state, state.ratchetTree, extensions, suite);
        return { groupInfo: toMessage({ wireformat: "mls_group_info", groupInfo }) };
    },

    // Commits every proposal that was received or made in this epoch, and those given, by value.
    async commit({ client: name, isPublic, proposals, inlineTree }) {
        const it = client(name);
        const made = await mls.createCommit(
            { state: it.state, cipherSuite: it.suite, pskIndex: psks(it) },
            { wireAsPublicMessage: isPublic, ratchetTreeExtension: inlineTree, extraProposals: proposals.map((wanted) => proposalOf(it, wanted)) },
        );
        enter(it, made.newState);
        return {
            commit: toMessage(made.commit),
            welcome: made.welcome && toMessage({ wireformat: "mls_welcome", welcome: made.welcome }),
            ratchetTree: toHex(encode(ratchetTreeEncoder)(it.state.ratchetTree)),
        };
    },

    // Creates the group that continues the client's, after a ReInit or as a branch, with the last key package's leaf.
    async startNext({ client: name, isBranch, groupId, keyPackages }) {
        const it = client(name);
        const members = keyPackages.map((one) => fromMessage(one).keyPackage);
        const made = isBranch
            ? await mls.branchGroup(it.state, it.publicPackage, it.privatePackage, members, fromHex(groupId), it.suite)
            : await mls.reinitCreateNewGroup(it.state, it.publicPackage, it.privatePackage, members, fromHex(groupId), it.suite.name, []);
        enter(it, made.newState);
        return {
            welcome: toMessage({ wireformat: "mls_welcome", welcome: made.welcome }),
            ratchetTree: toHex(encode(ratchetTreeEncoder)(it.state.ratchetTree)),
        };
    },

    async joinNext({ client: name, isBranch, welcome, ratchetTree }) {
        const it = client(name);
        const join = isBranch ? mls.joinGroupFromBranch : mls.joinGroupFromReinit;
        const tree = decodeRatchetTree(fromHex(ratchetTree), 0)[0];
        const parameters = isBranch ? it.suite : undefined;
        enter(it, await join(it.state, fromMessage(welcome).welcome, it.publicPackage, it.privatePackage, tree, parameters));
        return status(it);
    },

    async propose({ client: name, isPublic, proposal }) {
        const it = client(name);
        const content = proposal.type === "update" ? await updateOf(it) : proposalOf(it, proposal);
        const made = await mls.createProposal(it.state, isPublic, content, it.suite);
        it.state = made.newState;
        return { proposal: toMessage(made.message) };
    },

    // A proposal or commit.
    async process({ client: name, message: hex }) {
        const it = client(name);
        const message = fromMessage(hex);
        const { epoch } = it.state.groupContext;
        let processed = undefined;
        if (it.update !== undefined) {
            // The key of an own Update is in place before the commit's path is decrypted, if that commit has the Update.
            const key = { privateKeys: { [2 * it.state.privatePath.leafIndex]: it.update.privateKey } };
            const updated = { ...it.state, privatePath: mergePrivateKeyPaths(it.state.privatePath, key) };
            processed = await receive(it, updated, message);
            const own = processed.newState.ratchetTree[2 * it.state.privatePath.leafIndex]?.leaf;
            const isApplied = own !== undefined && toHex(own.hpkePublicKey) === toHex(it.update.hpkePublicKey);
            if (!isApplied) processed = undefined;
        }
        processed ??= await receive(it, it.state, message);
        if (processed.kind === "applicationMessage") throw new Error("an application message");
        if (processed.newState.groupContext.epoch === epoch) it.state = processed.newState;
        else enter(it, processed.newState);
        return status(it);
    },

    async protect({ client: name, data, authenticatedData }) {
        const it = client(name);
        const made = await mls.createApplicationMessage(it.state, fromHex(data), it.suite, fromHex(authenticatedData));
        it.state = made.newState;
        return { message: toMessage({ wireformat: "mls_private_message", privateMessage: made.privateMessage }) };
    },

    async unprotect({ client: name, message: hex }) {
        const it = client(name);
        const message = fromMessage(hex);
        const opened = await mls.processPrivateMessage(it.state, message.privateMessage, psks(it), it.suite);
        if (opened.kind !== "applicationMessage") throw new Error("not an application message");
        it.state = opened.newState;
        return { data: toHex(opened.message), authenticatedData: toHex(message.privateMessage.authenticatedData) };
    },

    async export({ client: name, label, context, length }) {
        const it = client(name);
        return { secret: toHex(await mls.mlsExporter(it.state.keySchedule.exporterSecret, label, fromHex(context), length, it.suite)) };
    },

    async storePsk({ client: name, pskId, secret }) {
        client(name).psks[mls.bytesToBase64(fromHex(pskId))] = fromHex(secret);
        return {};
    },

    async status({ client: name }) {
        return status(client(name));
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const { id, do: operation, ...rest } = JSON.parse(line);
    let answer;
    try {
        if (!Object.hasOwn(operations, operation)) throw new Error(`no operation ${operation}`);
        answer = { id, result: await operations[operation](rest) };
    } catch (error) {
        answer = { id, error: `${error?.name}: ${error?.message}` };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
}
