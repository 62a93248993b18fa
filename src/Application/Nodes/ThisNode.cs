using System.Security.Cryptography;
using Skytale.Accounts;

namespace Skytale.Application.Nodes;

/// <summary>This run of the server.</summary>
public sealed class ThisNode
{
    private readonly TaskCompletionSource _drainOrdered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NodeId Id { get; } = NodeId.FromRandom(RandomNumberGenerator.GetBytes(NodeId.Size));

    /// <summary>Completes when an administrator has it drained.</summary>
    public Task DrainOrdered => _drainOrdered.Task;

    /// <summary>A node is to be drained; it may be another.</summary>
    internal void Drain(string id)
    {
        if (id == Id.ToString())
            _drainOrdered.TrySetResult();
    }
}
