using System.Diagnostics.CodeAnalysis;

namespace Skytale.Protocol;

/// <summary>A refusal: a stable code and a sentence that says what to do. Never thrown; see <see cref="Result{T}"/>.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Detail">One sentence for a person; holds no secret and no payload.</param>
/// <param name="CurrentEpoch">The channel's epoch when <paramref name="Code"/> is <see cref="ErrorCode.StaleEpoch"/>.</param>
public sealed record Refusal(ErrorCode Code, string Detail, ulong? CurrentEpoch = null)
{
    /// <summary>What is wrong with single fields of the request, by field name; empty when the refusal is about the whole.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Whole seconds after which the caller may try again, where that is known.</summary>
    public int? RetryAfter { get; init; }
}

/// <summary>The outcome of a request that may be refused: a value or a <see cref="Refusal"/>, never both.</summary>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The named alternates are the constructors' callers' own words.")]
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal)
    {
        _value = value;
        Refusal = refusal;
    }

    /// <summary>The refusal, or null when the request was carried out.</summary>
    public Refusal? Refusal { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsSuccess => Refusal is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The request was refused: a bug of the caller, who did not look.</exception>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"Refused: {Refusal.Code.Name()}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
