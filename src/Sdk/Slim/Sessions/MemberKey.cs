using Skytale.Protocol.Envelopes;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>A name as routing sees it: its hashes and its id. The text beside them is for people.</summary>
internal readonly record struct MemberKey(ulong Component0, ulong Component1, ulong Component2, SlimNameId Id)
{
    public static MemberKey Of(SlimName name) => new(name.Component0, name.Component1, name.Component2, name.Id ?? SlimNameId.Any);

    /// <summary>Anybody's of that name.</summary>
    public MemberKey AnyId => this with { Id = SlimNameId.Any };
}
