using System.Collections.Immutable;
using Skytale.Mls.Codec;

namespace Skytale.Mls.Extensions;

/// <summary>§13: <c>Extension extensions&lt;V&gt;</c>, in the order it came, each type at most once.</summary>
public sealed class ExtensionList : IWireStruct<ExtensionList>, IEquatable<ExtensionList>
{
    /// <summary>The longest list that is read; each extension is compared with all before it.</summary>
    public const int MaxExtensions = 256;

    private readonly ImmutableArray<Extension> _extensions;

    /// <exception cref="MlsException"><see cref="MlsError.DuplicateExtension"/>.</exception>
    public ExtensionList(params ImmutableArray<Extension> extensions)
    {
        _extensions = extensions;
        for (var i = 0; i < extensions.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (extensions[i].Type == extensions[j].Type)
                    throw new MlsException(MlsError.DuplicateExtension, $"{extensions[i].Type}");
            }
        }
    }

    /// <summary>No extension.</summary>
    public static ExtensionList Empty { get; } = new();

    /// <summary>The extensions in order.</summary>
    public ImmutableArray<Extension> All => _extensions;

    /// <summary>The content of one type, or null when it is not there.</summary>
    public Opaque? Find(ExtensionType type)
    {
        foreach (var extension in _extensions)
        {
            if (extension.Type == type)
                return extension.Data;
        }
        return null;
    }

    /// <summary>Reads a known extension whose content must fill it exactly; null when it is not there.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidExtension"/>.</exception>
    public T? Find<T>(ExtensionType type) where T : class, IWireStruct<T>
    {
        if (Find(type) is not { } data)
            return null;
        try
        {
            return Tls.Decode<T>(data);
        }
        catch (MlsException e)
        {
            throw new MlsException(MlsError.InvalidExtension, $"{type}: {e.Message}", e);
        }
    }

    public void WriteTo(TlsWriter writer) => writer.WriteVector(_extensions);

    public static ExtensionList ReadFrom(ref TlsReader reader)
    {
        var extensions = reader.ReadVector<Extension>();
        return extensions.Length <= MaxExtensions
            ? new ExtensionList(extensions)
            : throw new MlsException(MlsError.TooLarge, $"{extensions.Length} extensions in one list");
    }

    public bool Equals(ExtensionList? other) => other is not null && _extensions.AsSpan().SequenceEqual(other._extensions.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as ExtensionList);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var extension in _extensions)
            hash.Add(extension);
        return hash.ToHashCode();
    }
}
