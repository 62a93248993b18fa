using System.Text;
using Skytale.LivePeers.Tests.Members;
using Skytale.LivePeers.Tests.Peers;
using Skytale.Mls.Crypto;

namespace Skytale.LivePeers.Tests;

/// <summary>
/// One group with members of both kinds. Whoever does something, all others process it, and after each epoch all agree
/// on its secrets: whatever differs between the two implementations ends the test there.
/// </summary>
internal sealed class LiveGroup(CipherSuiteId suite, bool isPublic) : IAsyncDisposable
{
    private readonly PeerProcess _peer = PeerProcess.StartTsMls();
    private readonly List<IMember> _all = [];
    private int _messages;

    /// <summary>Who is in the group now.</summary>
    public List<IMember> Members { get; } = [];

    /// <summary>True where the Welcome carries the tree; else joiners get it beside the Welcome.</summary>
    public bool InlineTree { get; init; } = true;

    public OurMember Ours(string name)
    {
        var member = new OurMember(CipherSuite.Get(suite), name);
        _all.Add(member);
        return member;
    }

    public TheirMember Theirs(string name)
    {
        var member = new TheirMember(_peer, suite, name);
        _all.Add(member);
        return member;
    }

    public async Task CreateAsync(IMember creator)
    {
        await creator.KeyPackageAsync();
        await creator.CreateAsync(Encoding.UTF8.GetBytes("a live group"));
        Members.Add(creator);
    }

    /// <summary>Adds clients in one commit, with further changes beside.</summary>
    public async Task AddAsync(IMember committer, IEnumerable<IMember> joiners, params Change[] changes)
    {
        var adding = joiners.ToList();
        foreach (var joiner in adding)
            changes = [.. changes, new Change.Add(await joiner.KeyPackageAsync())];
        var made = await committer.CommitAsync(isPublic, InlineTree, changes);
        await DeliverAsync(committer, made.Commit);
        foreach (var joiner in adding)
            await joiner.JoinAsync(made.Welcome!, InlineTree ? null : made.RatchetTree);
        Members.AddRange(adding);
        await ShouldAgreeAsync();
    }

    public async Task CommitAsync(IMember committer, params Change[] changes)
    {
        var made = await committer.CommitAsync(isPublic, InlineTree, changes);
        await DeliverAsync(committer, made.Commit);
        await ShouldAgreeAsync();
    }

    public async Task RemoveAsync(IMember committer, IMember removed)
    {
        var leaf = (await removed.StatusAsync()).Leaf;
        Members.Remove(removed);
        await CommitAsync(committer, new Change.Remove(leaf));
    }

    /// <summary>A proposal on its own, which all others keep; null proposes an Update.</summary>
    public async Task ProposeAsync(IMember proposer, Change? change)
    {
        var proposal = await proposer.ProposeAsync(isPublic, change);
        foreach (var member in Members.Where(member => member != proposer))
            await member.ProcessProposalAsync(proposal);
    }

    /// <summary>Joins by an external commit, which all others process.</summary>
    /// <param name="resync">The joiner is in the group and takes its own place anew.</param>
    public async Task JoinExternallyAsync(IMember joiner, IMember informant, bool resync = false)
    {
        var groupInfo = await informant.GroupInfoAsync();
        if (!resync)
        {
            await joiner.KeyPackageAsync();
            Members.Add(joiner);
        }
        await DeliverAsync(joiner, await joiner.JoinExternallyAsync(groupInfo, resync));
        await ShouldAgreeAsync();
    }

    /// <summary>The joiner asks to be added, all members keep that, and one of them commits it.</summary>
    public async Task AddOnRequestAsync(IMember committer, IMember joiner, IMember informant)
    {
        await joiner.KeyPackageAsync();
        var proposal = await joiner.ProposeToJoinAsync(await informant.GroupInfoAsync());
        foreach (var member in Members)
            await member.ProcessProposalAsync(proposal);
        var made = await committer.CommitAsync(isPublic, InlineTree);
        await DeliverAsync(committer, made.Commit);
        await joiner.JoinAsync(made.Welcome!, InlineTree ? null : made.RatchetTree);
        Members.Add(joiner);
        await ShouldAgreeAsync();
    }

    /// <summary>One member starts the group that continues this one, all others join that.</summary>
    /// <param name="isBranch">False: a ReInit that was committed says what it is.</param>
    public async Task ContinueAsync(IMember starter, bool isBranch, byte[] groupId)
    {
        await starter.KeyPackageAsync();
        var joiners = Members.Where(member => member != starter).ToList();
        var keyPackages = new List<byte[]>();
        foreach (var joiner in joiners)
            keyPackages.Add(await joiner.KeyPackageAsync());
        var (welcome, ratchetTree) = await starter.StartNextAsync(isBranch, groupId, [.. keyPackages]);
        foreach (var joiner in joiners)
            await joiner.JoinNextAsync(isBranch, welcome, ratchetTree);
        await ShouldAgreeAsync();
    }

    private async Task DeliverAsync(IMember committer, byte[] commit)
    {
        foreach (var member in Members.Where(member => member != committer))
            await member.ProcessCommitAsync(commit);
    }

    public async Task ShouldAgreeAsync()
    {
        var context = Encoding.UTF8.GetBytes("context");
        var first = await Members[0].StatusAsync();
        var exported = await Members[0].ExportAsync("label", context, 47);
        foreach (var member in Members.Skip(1))
        {
            var status = await member.StatusAsync();
            status.ShouldBe(first with { Leaf = status.Leaf }, $"{member.Name} against {Members[0].Name}");
            (await member.ExportAsync("label", context, 47)).ShouldBe(exported, member.Name);
        }
    }

    /// <summary>Every member's message is read by every other.</summary>
    public async Task ShouldTalkAsync()
    {
        foreach (var sender in Members)
        {
            var (data, authenticatedData) = (Encoding.UTF8.GetBytes($"message {++_messages} from {sender.Name}"), Encoding.UTF8.GetBytes($"{_messages}"));
            var message = await sender.ProtectAsync(data, authenticatedData);
            foreach (var reader in Members.Where(reader => reader != sender))
            {
                var opened = await reader.UnprotectAsync(message);
                opened.Data.ShouldBe(data, $"{sender.Name} to {reader.Name}");
                opened.AuthenticatedData.ShouldBe(authenticatedData);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _all.OfType<IDisposable>())
            member.Dispose();
        await _peer.DisposeAsync();
    }
}
