using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Benchmarks.Mls;

/// <summary>The operations of a member's life, in a group whose others were all added by one commit.</summary>
internal static class Operations
{
    private const int MessageSize = 1024;
    private const int Rounds = 9;

    public static IEnumerable<Figure> Measure(int members)
    {
        var runs = members < 500 ? 15 : 5;
        var clients = Enumerable.Range(0, members).Select(number => new Client(number)).ToList();
        var (creator, last) = (clients[0], clients[^1]);
        using var alone = MlsGroup.Create(Client.Suite, Opaque.Copy("benchmark"u8), creator.Signer, creator.Bundle, ExtensionList.Empty, Client.Fill);

        yield return Figure.Of("key package", members, runs, creator.NewBundle);

        var adds = new CommitRequest { Proposals = [.. clients.Skip(1).Select(client => new AddProposal(client.Bundle.KeyPackage))], Lifetimes = Client.Lifetimes };
        yield return Figure.Of("add the others, with Welcome", members, runs, () => alone.Commit(adds, Client.Fill));

        using var adding = alone.Commit(adds, Client.Fill);
        using var first = alone.Merge(adding);
        var welcome = Tls.Encode(adding.Welcome!);
        var joining = new JoinOptions { Lifetimes = Client.Lifetimes };
        yield return Figure.Of("join, tree and all leaves checked", members, runs, () => MlsGroup.Join(Tls.Decode<Welcome>(welcome), last.Bundle, last.Signer, joining));

        using var joined = MlsGroup.Join(Tls.Decode<Welcome>(welcome), last.Bundle, last.Signer, joining);
        using var stored = new StoredMember(joined, last);
        var empty = new CommitRequest();
        yield return Figure.Of("empty commit, state just read", members, runs, stored.Open, group => group.Commit(empty, Client.Fill));

        using var pending = joined.Commit(empty, Client.Fill);
        var commit = Tls.Encode(pending.Commit);
        using var other = new StoredMember(first, creator);
        yield return Figure.Of("process it, state just read", members, runs, other.Open, group => group.Process(Tls.Decode<PublicMessage>(commit)));

        foreach (var figure in Messages(members, joined, first))
            yield return figure;
        clients.ForEach(client => client.Dispose());
    }

    private static IEnumerable<Figure> Messages(int members, MlsGroup sender, MlsGroup receiver)
    {
        const int PerRound = 200;
        var plaintext = new byte[MessageSize];
        var sent = new List<PrivateMessage>((Rounds + 1) * PerRound);
        yield return Figure.OfMany("protect 1 KiB", members, Rounds, PerRound, _ => sent.Add(sender.Protect(plaintext, default, 0, Client.Fill)));
        yield return Figure.OfMany("unprotect 1 KiB", members, Rounds, PerRound, number => receiver.Unprotect(sent[number]).Dispose());
    }
}
