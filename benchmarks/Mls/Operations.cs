using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Groups;
using Skytale.Mls.Proposals;

namespace Skytale.Benchmarks.Mls;

/// <summary>
/// The operations of a member's life. The group is the hardest of its size: all others were added by one commit without
/// a path, so no parent is filled, and a path secret has to be encrypted to every member by itself.
/// </summary>
internal static class Operations
{
    private const int MessageSize = 1024;
    private const int Rounds = 9;
    private const int PerRound = 200;

    public static IEnumerable<Figure> Measure(int members)
    {
        var runs = members switch { < 500 => 25, < 5000 => 9, _ => 3 };
        var clients = Enumerable.Range(0, members).Select(number => new Client(number)).ToList();
        var (creator, last) = (clients[0], clients[^1]);
        using var alone = Alone(creator);
        yield return Figure.Of("key package", members, Math.Max(runs, 15), creator.NewBundle);

        var adds = new CommitRequest { Proposals = [.. clients.Skip(1).Select(client => new AddProposal(client.Bundle.KeyPackage))], Lifetimes = Client.Lifetimes, ForcePath = false };
        yield return Figure.Of("add n - 1 in one commit, with Welcome", members, runs, () => alone.Commit(adds, Client.Fill));

        using var adding = alone.Commit(adds, Client.Fill);
        using var first = alone.Merge(adding);
        yield return Joiner.Measure(members, runs, adding.Welcome!, last);

        using var joined = Joiner.Join(Tls.Encode(adding.Welcome!), last.Bundle, last.Signer);
        foreach (var figure in Commits(members, runs, (joined, last), (first, creator)))
            yield return figure;
        foreach (var figure in Messages(members, joined, first))
            yield return figure;
        yield return SequentialAdds.Measure(members, clients);
        clients.ForEach(client => client.Dispose());
    }

    /// <summary>A group of its creator alone.</summary>
    public static MlsGroup Alone(Client creator) =>
        MlsGroup.Create(Client.Suite, Opaque.Copy("benchmark"u8), creator.Signer, creator.Bundle, ExtensionList.Empty, Client.Fill);

    private static IEnumerable<Figure> Commits(int members, int runs, (MlsGroup Group, Client Client) sender, (MlsGroup Group, Client Client) receiver)
    {
        // Each run starts from a state that was just read, in which nothing is computed yet.
        var empty = new CommitRequest();
        using (var stored = new StoredMember(sender.Group, sender.Client))
            yield return Figure.Of("empty commit, create (cold tree)", members, runs, stored.Open, group => group.Commit(empty, Client.Fill));

        using var pending = sender.Group.Commit(empty, Client.Fill);
        var commit = Tls.Encode(pending.Commit);
        using (var stored = new StoredMember(receiver.Group, receiver.Client))
            yield return Figure.Of("empty commit, process", members, runs, stored.Open, group => group.Process(Tls.Decode<MlsMessage>(commit)));
    }

    private static IEnumerable<Figure> Messages(int members, MlsGroup sender, MlsGroup receiver)
    {
        var plaintext = new byte[MessageSize];
        var sent = new List<PrivateMessage>((Rounds + 1) * PerRound);
        yield return Figure.OfMany("1 KiB, protect", members, Rounds, PerRound, _ => sent.Add(sender.Protect(plaintext, default, 0, Client.Fill)));
        yield return Figure.OfMany("1 KiB, unprotect", members, Rounds, PerRound, number => receiver.Unprotect(sent[number]).Dispose());
    }
}
