using System.Reflection;
using Skytale.Protocol;

namespace Skytale.Application.Pipeline;

/// <summary>
/// How a behaviour, which knows its response as a type parameter only, makes a refused <see cref="Result{T}"/> and looks
/// into one. Bound once a response type.
/// </summary>
internal static class RefusalShape<TResponse>
{
    private static readonly MethodInfo Binding = typeof(TResponse) is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Result<>)
        ? typeof(RefusalShape<TResponse>).GetMethod(nameof(Bind), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.GetGenericArguments())
        : throw new InvalidOperationException($"A request's response is a Result<T>, not {typeof(TResponse)}.");

    private static readonly (Func<Refusal, TResponse> Make, Func<TResponse, Refusal?> Read) Functions =
        ((Func<Refusal, TResponse>, Func<TResponse, Refusal?>))Binding.Invoke(null, null)!;

    public static TResponse Refused(Refusal refusal) => Functions.Make(refusal);

    public static Refusal? RefusalOf(TResponse response) => Functions.Read(response);

    private static (Func<Refusal, TResponse>, Func<TResponse, Refusal?>) Bind<T>()
    {
        Func<Refusal, Result<T>> make = refusal => refusal;
        Func<Result<T>, Refusal?> read = result => result.Refusal;
        return ((Func<Refusal, TResponse>)(object)make, (Func<TResponse, Refusal?>)(object)read);
    }
}
