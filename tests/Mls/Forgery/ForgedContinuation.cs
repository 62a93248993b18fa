using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;

namespace Skytale.Mls.Tests.Forgery;

/// <summary>
/// §11.2, §11.3: the Welcome to a group that claims to continue another, made by a member of that one who leaves out the
/// checks: one thing is wrong, the PSK and everything that is derived from it is right.
/// </summary>
internal sealed record ForgedContinuation
{
    public ResumptionPskUsage Usage { get; init; } = ResumptionPskUsage.ReInit;

    public CipherSuite Suite { get; init; } = TestGroup.Suite;

    public Opaque GroupId { get; init; } = Opaque.Copy("next"u8);

    public ExtensionList Extensions { get; init; } = ExtensionList.Empty;

    /// <summary>The ids of the PSK, one of which is right.</summary>
    public Func<ResumptionPskId, ImmutableArray<PreSharedKeyId>> Links { get; init; } = link => [link];

    /// <summary>Commits before the one that adds the others.</summary>
    public int CommitsBefore { get; init; }

    public Welcome By(MlsGroup old, (Member Member, KeyPackageBundle Bundle) own, params (Member Member, KeyPackageBundle Bundle)[] others)
    {
        var group = MlsGroup.Create(Suite, GroupId, own.Member.Signer, own.Bundle, Extensions, TestRandom.Fill);
        for (var i = 0; i < CommitsBefore; i++)
        {
            using var empty = group.Commit(new CommitRequest(), TestRandom.Fill);
            var next = group.Merge(empty);
            group.Dispose();
            group = next;
        }
        using (group)
        {
            var nonce = Secret.Random(Suite.HashSize, TestRandom.Fill);
            using (nonce)
            {
                var links = Links(new ResumptionPskId(Usage, old.GroupId, old.Epoch, Opaque.Copy(nonce.Span)));
                using var commit = Committing.Commit(
                    group,
                    new CommitRequest
                    {
                        Proposals = [.. links.Select(link => new PreSharedKeyProposal(link)), .. others.Select(other => new AddProposal(other.Bundle.KeyPackage))],
                        FindPsk = _ => old.ResumptionPsk,
                    },
                    TestRandom.Fill,
                    Usage);
                return commit.Welcome!;
            }
        }
    }
}
