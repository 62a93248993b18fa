using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.SecretTree;

namespace Skytale.Architecture.Fixtures;

/// <summary>What a relay must never hold: each member breaks the rule in another way that metadata can show.</summary>
public sealed class ServiceWithSecrets
{
    private readonly Dictionary<string, Secret> _inAGenericField = [];

    public int InABody() => Secret.Zero(32).Length + _inAGenericField.Count;

    public object? InACast(object value) => value as MlsGroup;

    public void InASignature(HpkePrivateKey[] keys) => ArgumentNullException.ThrowIfNull(keys);

    public Func<Opaque, SignaturePrivateKey?> InALambda() => bytes => bytes.IsEmpty ? null : new SignaturePrivateKey(Secret.Copy(bytes.Span));

    public Generation InAReturnType() => default;
}
