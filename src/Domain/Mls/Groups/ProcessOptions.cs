using Skytale.Mls.Credentials;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.2: what processing a commit needs beside it.</summary>
public sealed record ProcessOptions
{
    /// <summary>How the lifetimes of added members are judged; not at all when null.</summary>
    public LifetimePolicy? Lifetimes { get; init; }

    /// <summary>§5.3.1: the application's Authentication Service; none is asked when null.</summary>
    public AcceptCredential? Accept { get; init; }

    /// <summary>Finds the PSKs that the commit names.</summary>
    public FindPsk? FindPsk { get; init; }
}
