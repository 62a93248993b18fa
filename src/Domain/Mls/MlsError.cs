namespace Skytale.Mls;

/// <summary>The rules of RFC 9420 that an input can break, with the section that states each.</summary>
public enum MlsError
{
    // Codec: section 2.1 (presentation language, variable-size vectors) and the bounds that it leaves open.

    /// <summary>§2.1: a structure ends before its last field.</summary>
    Truncated = 1,

    /// <summary>§2.1: bytes follow the structure.</summary>
    TrailingBytes,

    /// <summary>§2.1.2: a vector's length is not in its shortest form, or starts with the invalid prefix 0b11.</summary>
    InvalidLengthPrefix,

    /// <summary>§2.1.1: an optional's presence octet is neither 0 nor 1.</summary>
    InvalidPresence,

    /// <summary>A vector, tree or message is larger than this implementation takes.</summary>
    TooLarge,

    /// <summary>An enum field has a value that the structure has no case for.</summary>
    UnknownEnumValue,

    // Cipher suites and keys: section 5.1.

    /// <summary>§5.1: the cipher suite is not one that this library implements.</summary>
    UnsupportedCipherSuite,

    /// <summary>§6: the protocol version is not mls10.</summary>
    UnsupportedVersion,

    /// <summary>§5.1.1: a public key or KEM output is not a valid point of the suite's group.</summary>
    InvalidPublicKey,

    /// <summary>§5.1.1: a private key has the wrong length or form.</summary>
    InvalidPrivateKey,

    /// <summary>§5.1.2: a signature does not verify.</summary>
    InvalidSignature,

    /// <summary>§5.1.3: an HPKE ciphertext does not open.</summary>
    HpkeOpenFailed,

    // Credentials, leaf nodes, key packages: sections 5.3, 7.2, 7.3, 10.

    /// <summary>§5.3.1: the credential is not acceptable to the Authentication Service.</summary>
    CredentialRefused,

    /// <summary>§7.2: a leaf node's source is not the one that its place asks for.</summary>
    WrongLeafNodeSource,

    /// <summary>§7.3: a leaf node's capabilities do not list its own credential type, extensions, or the group's version and suite.</summary>
    UnsupportedByLeaf,

    /// <summary>§7.3, §11.1: a leaf node does not support what the group's required_capabilities ask for.</summary>
    RequiredCapabilityMissing,

    /// <summary>§7.3: a member's credential type is not supported by every other member.</summary>
    CredentialTypeNotSupported,

    /// <summary>§7.3: two members have the same signature key.</summary>
    DuplicateSignatureKey,

    /// <summary>§7.3: two members, or two nodes, have the same encryption key.</summary>
    DuplicateEncryptionKey,

    /// <summary>§7.3: the present is outside the leaf's lifetime, or the lifetime is longer than the policy allows.</summary>
    InvalidLifetime,

    /// <summary>§10.1: a key package's init key equals its leaf's encryption key.</summary>
    InitKeyReused,

    /// <summary>§10.1: a key package's version or cipher suite is not the group's.</summary>
    KeyPackageMismatch,

    /// <summary>§13.4: an extension appears twice in one list.</summary>
    DuplicateExtension,

    /// <summary>§13.4: an extension stands where its type does not belong.</summary>
    ExtensionNotAllowedHere,

    /// <summary>§13: a known extension's content is not well formed.</summary>
    InvalidExtension,

    // Ratchet tree: sections 4 and 7.

    /// <summary>§4.2: a leaf or node index is outside the tree.</summary>
    IndexOutOfRange,

    /// <summary>§7.8, §12.4.3.3: the ratchet tree is empty, ends in a blank, or has a leaf where a parent stands (or the reverse).</summary>
    MalformedTree,

    /// <summary>§7.9: a parent node's unmerged leaves are not sorted, unique, non-blank descendants, listed by every node between.</summary>
    InvalidUnmergedLeaves,

    /// <summary>§7.9.2: a parent node has no valid parent-hash link.</summary>
    InvalidParentHash,

    /// <summary>§7.8: the tree hash is not the one in the GroupContext.</summary>
    TreeHashMismatch,

    /// <summary>§7.5: an UpdatePath has the wrong number of nodes.</summary>
    WrongPathLength,

    /// <summary>§7.6: a path node has the wrong number of ciphertexts.</summary>
    WrongPathCiphertextCount,

    /// <summary>§7.6: a path secret's key pair is not the public key in the path.</summary>
    PathKeyMismatch,

    /// <summary>§7.6: no private key of this member opens any ciphertext of the path.</summary>
    PathNotForMe,

    /// <summary>§12.4.2: the path reuses an encryption key: the leaf's old one, or one that is already in the tree.</summary>
    PathKeyReused,

    // Framing and protection: section 6, 9.

    /// <summary>§6: the message is of another group.</summary>
    WrongGroup,

    /// <summary>§6: the message is of another epoch.</summary>
    WrongEpoch,

    /// <summary>§6: the wire format is not allowed for this content (application data must be a PrivateMessage).</summary>
    WrongWireFormat,

    /// <summary>§6: the sender type may not send this content.</summary>
    WrongSenderType,

    /// <summary>§6: the sender's leaf is blank or outside the tree.</summary>
    UnknownSender,

    /// <summary>§6.2: the membership tag does not match.</summary>
    InvalidMembershipTag,

    /// <summary>§6.3: a PrivateMessage's content or sender data does not open.</summary>
    DecryptionFailed,

    /// <summary>§6.3.1: padding holds a byte that is not zero.</summary>
    InvalidPadding,

    /// <summary>§9.2: the generation was used already, or its key was deleted.</summary>
    GenerationConsumed,

    /// <summary>§9.2: the generation is further ahead than this member steps.</summary>
    GenerationTooFarAhead,

    /// <summary>§6.3.1: a member was sent its own message, which it cannot and need not decrypt.</summary>
    OwnMessage,

    // Key schedule, PSKs, transcript: section 8.

    /// <summary>§8.1: the confirmation tag does not match.</summary>
    InvalidConfirmationTag,

    /// <summary>§8.1: the confirmation tag is missing from a commit, or present elsewhere.</summary>
    MisplacedConfirmationTag,

    /// <summary>§8.4: a pre-shared key is not known here.</summary>
    UnknownPsk,

    /// <summary>§8.4: a PSK's nonce does not have KDF.Nh bytes, or its usage does not fit its place.</summary>
    InvalidPsk,

    /// <summary>§8.5: an exporter was asked for more bytes than the KDF gives.</summary>
    ExportTooLong,

    // Groups, proposals, commits: sections 11 and 12.

    /// <summary>§12.1: the proposal is not valid for this group's state.</summary>
    InvalidProposal,

    /// <summary>§12.2: a proposal type is unknown or not supported by every member.</summary>
    UnsupportedProposal,

    /// <summary>§12.4: a proposal reference names no proposal of this epoch.</summary>
    UnknownProposalReference,

    /// <summary>§12.2: the committer's own update stands in the commit's list.</summary>
    CommitterUpdatesItself,

    /// <summary>§12.2: the commit removes its committer.</summary>
    CommitterRemovesItself,

    /// <summary>§12.2: two proposals update or remove the same leaf.</summary>
    DuplicateLeafProposal,

    /// <summary>§12.2: two proposals add the same client.</summary>
    DuplicateAdd,

    /// <summary>§12.2: two proposals name the same PSK.</summary>
    DuplicatePsk,

    /// <summary>§12.2: more than one GroupContextExtensions proposal.</summary>
    DuplicateGroupContextExtensions,

    /// <summary>§12.2: a ReInit stands beside other proposals.</summary>
    ReInitNotAlone,

    /// <summary>§12.2: an ExternalInit stands in a member's commit, or an external commit has not exactly one.</summary>
    MisplacedExternalInit,

    /// <summary>§12.2, §12.4.3.2: an external commit holds more than one ExternalInit, PSKs and one Remove, or names proposals.</summary>
    InvalidExternalCommit,

    /// <summary>§12.4: the commit needs an UpdatePath and has none.</summary>
    PathRequired,

    /// <summary>§12.1.3, §12.4.2: a removed or updated leaf is blank or outside the tree.</summary>
    BlankLeafProposal,

    /// <summary>§12.4: this member already has a commit under way, or the merged commit is not of this epoch.</summary>
    NoSuchPendingCommit,

    /// <summary>§12.4.2: the commit removes this member.</summary>
    Removed,

    /// <summary>§11.2: the group was reinitialised: nothing is sent in it any more.</summary>
    GroupEnded,

    // Joining: section 12.4.3.

    /// <summary>§12.4.3.1: the Welcome has no secrets for this key package.</summary>
    WelcomeNotForMe,

    /// <summary>§12.4.3.1: the Welcome's GroupSecrets or GroupInfo do not open.</summary>
    WelcomeOpenFailed,

    /// <summary>§12.4.3.1: the Welcome's cipher suite is not the key package's, or the leaf in the tree is not the key package's.</summary>
    WelcomeMismatch,

    /// <summary>§12.4.3.3: there is no ratchet tree, neither in the GroupInfo nor given.</summary>
    RatchetTreeMissing,

    /// <summary>§12.4.3.1: the GroupInfo is not consistent with the group, its signer or its epoch.</summary>
    InvalidGroupInfo,

    /// <summary>§11.2, §11.3, §12.4.3.1: the new group does not continue the one that it says it continues.</summary>
    NotAContinuation,

    // State.

    /// <summary>A serialised state is not one that this version wrote.</summary>
    InvalidState,
}
