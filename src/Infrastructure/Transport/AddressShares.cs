using System.Net;

namespace Skytale.Transport;

/// <summary>How much of something that is bounded each address holds, so that one does not take all of it. Any thread.</summary>
/// <param name="each">What one address may hold.</param>
public sealed class AddressShares(int each)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _held = [];

    /// <summary>True when the address holds half of its share: beyond that it is to be sure that it is the sender's own.</summary>
    public bool IsHalfTaken(IPAddress address)
    {
        lock (_gate)
            return 2 * _held.GetValueOrDefault(address.Counted()) >= each;
    }

    /// <summary>Takes one place; false when the address has its share. Each taken place is to be given back.</summary>
    public bool TryEnter(IPAddress address)
    {
        var counted = address.Counted();
        lock (_gate)
        {
            var held = _held.GetValueOrDefault(counted);
            if (held >= each)
                return false;
            _held[counted] = held + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave(IPAddress address)
    {
        var counted = address.Counted();
        lock (_gate)
        {
            if (--_held[counted] == 0)
                _held.Remove(counted);
        }
    }
}
