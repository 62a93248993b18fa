using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tree;

/// <summary>
/// §7.4: the chain of path secrets, one for each node of a filtered direct path from some node up, and the commit secret
/// behind the last: path_secret[n] = DeriveSecret(path_secret[n-1], "path").
/// </summary>
internal sealed class PathSecrets : IDisposable
{
    private readonly List<Secret> _secrets = [];

    /// <param name="first">path_secret[0], which the chain takes over.</param>
    /// <param name="count">Nodes in the chain; with none, the first secret is the commit secret.</param>
    public PathSecrets(CipherSuite suite, Secret first, int count)
    {
        _secrets.Add(first);
        for (var i = 0; i < count; i++)
            _secrets.Add(suite.DeriveSecret(_secrets[i], Labels.Path));
    }

    /// <summary>path_secret[n].</summary>
    public Secret this[int n] => _secrets[n];

    /// <summary>§12.4.2: path_secret[n+1], n being the last node.</summary>
    public Secret CommitSecret => _secrets[^1];

    /// <summary>§7.4: node_secret[n] = DeriveSecret(path_secret[n], "node"); the node's pair is KEM.DeriveKeyPair(node_secret[n]).</summary>
    public HpkeKeyPair KeyPair(CipherSuite suite, int n)
    {
        using var nodeSecret = suite.DeriveSecret(_secrets[n], Labels.Node);
        return suite.DeriveKeyPair(nodeSecret);
    }

    public void Dispose()
    {
        foreach (var secret in _secrets)
            secret.Dispose();
    }
}
