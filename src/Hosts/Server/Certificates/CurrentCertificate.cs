using Skytale.Protocol.Transport;
using Skytale.Security;

namespace Skytale.Server.Certificates;

/// <summary>The certificate that this server shows: one at a time. May be used concurrently.</summary>
public sealed class CurrentCertificate(ServerCertificate first)
{
    private readonly Lock _gate = new();
    private readonly List<Action<ServerCertificate>> _users = [];
    private volatile ServerCertificate _value = first;

    public ServerCertificate Value => _value;

    /// <summary>Names somebody who shows the certificate: given this one now, and each next one; throws what it cannot use.</summary>
    /// <returns>Ends that.</returns>
    internal IDisposable AddUser(Action<ServerCertificate> user)
    {
        lock (_gate)
        {
            user(_value); // It may have been replaced since the user looked.
            _users.Add(user);
        }
        return new Leaving(() =>
        {
            lock (_gate)
                _users.Remove(user);
        });
    }

    /// <summary>Shows another one from now on, everywhere or, when somebody cannot use it, nowhere.</summary>
    /// <exception cref="TransportException">It is unusable; the old one stays.</exception>
    /// <exception cref="IOException"><c>local.json</c> cannot be written; the old one stays.</exception>
    internal void Replace(ServerCertificate next)
    {
        lock (_gate)
        {
            try
            {
                foreach (var user in _users)
                    user(next);
            }
            catch
            {
                foreach (var user in _users)
                    user(_value);
                throw;
            }
            _value = next;
        }
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
