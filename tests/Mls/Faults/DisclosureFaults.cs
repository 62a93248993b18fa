using System.Collections;
using System.Reflection;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Faults;

/// <summary>Fault 34: secrets in texts, and values that nobody knows (GREASE) taken for errors.</summary>
public sealed class DisclosureFaults : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();

    [Fact]
    [Fault(34)]
    public void No_text_of_any_object_shows_a_secret()
    {
        using var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        using var pending = _group[0].Group.Commit(new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)] }, TestRandom.Fill);
        using var staged = _group[1].Group.Process(pending.Commit);
        using var read = _group[1].Group.Unprotect(_group[0].Send("a secret word"));

        var secrets = new List<string>();
        var texts = new List<(Type Type, string Text)>();
        foreach (var root in new object[] { _group[0].Group, _group[1].Group, pending, staged, bundle, read, _group[0].Signer })
            Walk(root, new HashSet<object>(ReferenceEqualityComparer.Instance), secrets, texts);
        secrets.Count.ShouldBeGreaterThan(30);
        foreach (var (type, text) in texts)
        {
            foreach (var secret in secrets)
                text.ShouldNotContain(secret, Case.Insensitive, $"the text of a {type}");
        }
    }

    [Fact]
    [Fault(34)]
    public void The_text_of_an_error_shows_no_secret()
    {
        using var secret = Secret.Random(31, TestRandom.Fill);
        var thrown = Should.Throw<MlsException>(() => TestGroup.Suite.KeyPairOf(new HpkePrivateKey(secret)));
        thrown.ToString().ShouldNotContain(Convert.ToHexString(secret.Span), Case.Insensitive);
    }

    [Fact]
    [Fault(34)]
    public void Unknown_values_in_capabilities_and_extensions_are_ignored_everywhere()
    {
        // A member with every kind of them, added, as committer, and in the tree that others join by.
        var grease = new ExtensionList(new Extension((ExtensionType)0x1a1a, Opaque.Copy([1, 2, 3])));
        var group = new ForgedGroup();
        var client = group.Admit(new Client("greased", options => options with
        {
            Capabilities = new Capabilities(
                [ProtocolVersion.Mls10, (ProtocolVersion)0x0a0a],
                [(CipherSuiteId)0x2a2a, Client.Suite.Id],
                [(ExtensionType)0x1a1a, (ExtensionType)0x3a3a],
                [(ProposalType)0x4a4a],
                [(CredentialType)0x5a5a, CredentialType.Basic]),
            LeafExtensions = grease,
            Extensions = grease,
        }));
        group.Apply(group.Commit(0, new AddProposal(client.KeyPackage)));
        group.Apply(group.Commit(1));
        group.Apply(group.CommitReferences(0, group.Propose(1, group.Update(1))));
        PublicGroup.FromGroupInfo(group.Info(extensions: grease), group.Public.Tree).Members.Count().ShouldBe(2);
    }

    [Fact]
    [Fault(34)]
    public void Unknown_values_where_they_would_be_in_use_are_refused()
    {
        Expect.Refused(MlsError.UnsupportedProposal, () => Tls.Decode<Proposal>([0x0a, 0x0a]));
        Expect.Refused(MlsError.UnknownEnumValue, () => Tls.Decode<Credential>([0x0a, 0x0a, 0]));
        var group = ForgedGroup.Of(2);
        var unknown = new GroupContextExtensionsProposal(new ExtensionList(new Extension((ExtensionType)0x0a0a, Opaque.Empty)));
        group.Refuses(MlsError.UnsupportedByLeaf, group.Commit(0, unknown));
    }

    public void Dispose() => _group.Dispose();

    // Every object that can be reached: its text, and when it is a secret, its bytes.
    private static void Walk(object? value, HashSet<object> seen, List<string> secrets, List<(Type, string)> texts)
    {
        if (value is null or string or Type or Delegate or Pointer || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            return;
        var type = value.GetType();
        if (value is Secret secret)
        {
            texts.Add((type, $"{secret}"));
            if (secret.Length >= 12)
                secrets.Add(Convert.ToHexStringLower(secret.Span));
            return;
        }
        if (type.Namespace?.StartsWith("Skytale", StringComparison.Ordinal) == true)
            texts.Add((type, $"{value}"));
        if (value is IDictionary dictionary)
            value = dictionary.Values;
        if (value is IEnumerable elements and not byte[] && type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true)
        {
            foreach (var element in elements)
                Walk(element, seen, secrets, texts);
            return;
        }
        if (value is Array array && type.GetElementType() is { IsPrimitive: false })
        {
            foreach (var element in array)
                Walk(element, seen, secrets, texts);
        }
        if (type.Namespace?.StartsWith("Skytale", StringComparison.Ordinal) != true)
            return;
        for (var declared = type; declared is not null && declared != typeof(object); declared = declared.BaseType)
        {
            foreach (var field in declared.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer && !field.FieldType.IsByRefLike)
                    Walk(field.GetValue(value), seen, secrets, texts);
            }
        }
    }
}
