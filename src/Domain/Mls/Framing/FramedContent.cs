using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.Framing;

// struct {
//     opaque group_id<V>;
//     uint64 epoch;
//     Sender sender;
//     opaque authenticated_data<V>;
//     ContentType content_type;
//     select (FramedContent.content_type) {
//         case application: opaque application_data<V>;
//         case proposal:    Proposal proposal;
//         case commit:      Commit commit;
//     };
// } FramedContent;

/// <summary>§6: what a member, or somebody who wants to be one, says to the group.</summary>
public sealed record FramedContent(Opaque GroupId, Epoch Epoch, Sender Sender, Opaque AuthenticatedData, FramedBody Body) : IWireStruct<FramedContent>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteOpaque(GroupId);
        writer.WriteUInt64(Epoch.Value);
        writer.Write(Sender);
        writer.WriteOpaque(AuthenticatedData);
        writer.WriteUInt8((byte)Body.Type);
        Body.WriteTo(writer);
    }

    public static FramedContent ReadFrom(ref TlsReader reader)
    {
        var groupId = reader.ReadOpaque();
        var epoch = new Epoch(reader.ReadUInt64());
        var sender = Sender.ReadFrom(ref reader);
        var authenticatedData = reader.ReadOpaque();
        var type = ContentTypes.Read(ref reader);
        return new FramedContent(groupId, epoch, sender, authenticatedData, FramedBody.Read(type, ref reader));
    }
}

/// <summary>The select of <see cref="FramedContent"/>: its type stands elsewhere on the wire.</summary>
public abstract record FramedBody(ContentType Type)
{
    /// <summary>Appends the body without its type.</summary>
    public abstract void WriteTo(TlsWriter writer);

    /// <summary>Reads a body of a type that was read before.</summary>
    public static FramedBody Read(ContentType type, ref TlsReader reader) => type switch
    {
        ContentType.Application => new ApplicationBody(reader.ReadOpaque()),
        ContentType.Proposal => new ProposalBody(Proposal.ReadFrom(ref reader)),
        ContentType.Commit => new CommitBody(Commit.ReadFrom(ref reader)),
        _ => throw new MlsException(MlsError.UnknownEnumValue, $"content type {(byte)type}"),
    };
}

/// <summary>§6: application_data. Its text shows the length alone.</summary>
public sealed record ApplicationBody(Opaque Data) : FramedBody(ContentType.Application)
{
    public override void WriteTo(TlsWriter writer) => writer.WriteOpaque(Data);

    public override string ToString() => $"ApplicationBody({Data.Length} bytes)";
}

/// <summary>§6: a proposal on its own.</summary>
public sealed record ProposalBody(Proposal Proposal) : FramedBody(ContentType.Proposal)
{
    public override void WriteTo(TlsWriter writer) => writer.Write(Proposal);
}

/// <summary>§6: a commit.</summary>
public sealed record CommitBody(Commit Commit) : FramedBody(ContentType.Commit)
{
    public override void WriteTo(TlsWriter writer) => writer.Write(Commit);
}

internal static class ContentTypes
{
    public static ContentType Read(ref TlsReader reader)
    {
        var type = (ContentType)reader.ReadUInt8();
        return type is ContentType.Application or ContentType.Proposal or ContentType.Commit
            ? type
            : throw new MlsException(MlsError.UnknownEnumValue, $"content type {(byte)type}");
    }
}
