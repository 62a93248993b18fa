using Skytale.Mls.Codec;

namespace Skytale.Mls.Tests.Properties;

/// <summary>Something that happens in the world. Numbers choose among what there is, modulo how much there is.</summary>
internal abstract record Operation
{
    public abstract void Apply(World world);
}

/// <summary>A member that is up to date commits, and the service accepts it.</summary>
internal sealed record CommitNow(int Who, Change Change) : Operation
{
    public override void Apply(World world)
    {
        var who = world.Pick(Who);
        who.CatchUp();
        if (who.IsOut)
            return;
        Committing.Prepare(world, who, Change);
        Committing.Publish(world, who);
    }
}

/// <summary>A member commits in the epoch that it is in, late or not, and keeps the commit to itself for now.</summary>
internal sealed record Prepare(int Who, Change Change) : Operation
{
    public override void Apply(World world) => Committing.Prepare(world, world.Pick(Who), Change);
}

/// <summary>A member sends the commit that it has ready. It wins if it is the first of its epoch.</summary>
internal sealed record Publish(int Who) : Operation
{
    public override void Apply(World world) => Committing.Publish(world, world.Pick(Who));
}

/// <summary>Several members commit in the same epoch; the first wins, and all follow.</summary>
internal sealed record Race(int First, int Second, Change Change, Change Other) : Operation
{
    public override void Apply(World world)
    {
        var (first, second) = (world.Pick(First), world.Pick(Second));
        first.CatchUp();
        second.CatchUp();
        if (first.IsOut || second.IsOut)
            return;
        Committing.Prepare(world, second, Other);
        Committing.Prepare(world, first, Change);
        Committing.Publish(world, first);
        Committing.Publish(world, second);
        second.CatchUp();
        first.CatchUp();
    }
}

/// <summary>A member looks at the next few entries of the log; the proposals among them may have got lost on the way.</summary>
internal sealed record CatchUp(int Who, int Entries, bool Missing) : Operation
{
    public override void Apply(World world) => world.Pick(Who).CatchUp(Entries, Missing);
}

/// <summary>A member goes on from what it stored, as after a crash; generations that were reserved in memory are lost.</summary>
internal sealed record Restart(int Who, int Reserve) : Operation
{
    public override void Apply(World world)
    {
        var who = world.Pick(Who);
        who.Group.ReserveGenerations(Reserve);
        who.Restart();
    }
}

internal sealed record Send(int Who) : Operation
{
    public override void Apply(World world) => world.Send(world.Pick(Who));
}

/// <summary>Any message that was ever sent reaches anybody, early, late, twice, or after a removal.</summary>
internal sealed record Deliver(int Message, int Who) : Operation
{
    public override void Apply(World world)
    {
        if (world.Messages.Count > 0)
            world.Deliver(world.Messages[Message % world.Messages.Count], world.Participants[Who % world.Participants.Count]);
    }
}

/// <summary>The latest messages reach a member in some order; some of them do not.</summary>
internal sealed record DeliverLatest(int Who, int Order) : Operation
{
    public override void Apply(World world)
    {
        var random = new Random(Order);
        var latest = world.Messages.TakeLast(12).ToArray();
        random.Shuffle(latest);
        foreach (var sent in latest.Where(_ => random.Next(4) > 0))
            world.Deliver(sent, world.Pick(Who));
    }
}

/// <summary>A member is given a proposal or commit with one bit changed, of its own epoch if there is one.</summary>
internal sealed record ChangedHandshake(int Who, int Bit) : Operation
{
    public override void Apply(World world)
    {
        var who = world.Pick(Who);
        if (world.Service.Log.Count == 0)
            return;
        var entry = world.Service.Log[Math.Min(who.Cursor, world.Service.Log.Count - 1)];
        var bytes = Flipped(Tls.Encode(entry.Message), Bit);
        who.Refuses($"epoch {entry.Epoch}'s handshake with bit {Bit} changed", () =>
        {
            var changed = Tls.Decode<Messages.MlsMessage>(bytes);
            if (entry.IsCommit)
                who.Process(changed).Dispose();
            else
                who.Group.Receive(changed);
        });
    }

    internal static Opaque Flipped(Opaque bytes, int bit)
    {
        var copy = bytes.Span.ToArray();
        copy[bit / 8 % copy.Length] ^= (byte)(1 << bit % 8);
        return new Opaque(copy);
    }
}

/// <summary>A member is given a message with one bit changed, and can read the right one as before.</summary>
internal sealed record ChangedMessage(int Message, int Who, int Bit) : Operation
{
    public override void Apply(World world)
    {
        if (world.Messages.Count == 0)
            return;
        var (sent, who) = (world.Messages[Message % world.Messages.Count], world.Pick(Who));
        var bytes = ChangedHandshake.Flipped(Tls.Encode(sent.Message), Bit);
        who.Refuses($"message {sent.Number} with bit {Bit} changed", () => who.Unprotect(Tls.Decode<Framing.PrivateMessage>(bytes)).Dispose());
    }
}

/// <summary>A member is given a commit that it has processed, or that it made.</summary>
internal sealed record RepeatedCommit(int Who, int Entry) : Operation
{
    public override void Apply(World world)
    {
        var who = world.Pick(Who);
        var commits = world.Service.Log.Take(who.Cursor).Where(entry => entry.IsCommit).ToArray();
        if (commits.Length > 0)
            who.Refuses("a commit for the second time", () => who.Process(commits[Entry % commits.Length].Message), MlsError.WrongEpoch);
    }
}
