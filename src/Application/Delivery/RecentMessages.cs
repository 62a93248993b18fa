using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>The newest messages' ids, stored or on their way: between asking the log for an id and taking it, it may have come. The channel's lock guards it.</summary>
internal sealed class RecentMessages
{
    /// <summary>How many are remembered.</summary>
    internal const int Kept = 1024;

    private readonly Dictionary<(AgentId Sender, MessageId Id), Placed> _messages = [];
    private readonly Queue<(AgentId Sender, MessageId Id)> _order = new();

    /// <summary>How many there ever were.</summary>
    internal long Count { get; private set; }

    internal Placed? Find(AgentId sender, MessageId id) => _messages.GetValueOrDefault((sender, id));

    /// <summary>Forgets what stands from here on.</summary>
    internal void Forget(Sequence from)
    {
        for (var left = _order.Count; left > 0; left--)
        {
            var message = _order.Dequeue();
            if (_messages[message].Sequence >= from)
                _messages.Remove(message);
            else
                _order.Enqueue(message);
        }
    }

    internal void Add(AgentId sender, MessageId id, Placed placed)
    {
        Count++;
        _messages[(sender, id)] = placed;
        _order.Enqueue((sender, id));
        if (_order.Count > Kept)
            _messages.Remove(_order.Dequeue());
    }
}
