using System.Diagnostics;

namespace Skytale.MlsVectors.Running;

/// <summary>How far a long file is, on a line of the terminal that is written over; nothing where no terminal is.</summary>
public sealed class Progress(string name)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly bool _terminal = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    private long _shown = Stopwatch.GetTimestamp();
    private int _width;

    public void Show(int done, int all)
    {
        if (!_terminal || Stopwatch.GetElapsedTime(_shown) < Every)
            return;
        _shown = Stopwatch.GetTimestamp();
        var text = $"{name}: {done} of {all}";
        Console.Error.Write("\r" + text.PadRight(_width));
        _width = text.Length;
    }

    public void Clear()
    {
        if (_width > 0)
            Console.Error.Write("\r" + new string(' ', _width) + "\r");
    }
}
