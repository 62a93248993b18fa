using Skytale.Sdk;

namespace Skytale.Tests;

internal static class Reading
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>The next messages' texts; the last one stays unacknowledged when asked for.</summary>
    public static async Task<List<string>> TakeAsync(this SkytaleChannel channel, int count, bool acknowledgeLast = true)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var texts = new List<string>();
        await foreach (var message in channel.Messages.WithCancellation(timeout.Token))
        {
            using (message)
            {
                texts.Add(message.Redelivered ? $"again: {message.Text}" : message.Text);
                if (texts.Count < count)
                    continue;
                if (acknowledgeLast)
                    await message.AcknowledgeAsync(timeout.Token);
                return texts;
            }
        }
        return texts;
    }

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience);

    public static Task Soon(this Task task) => task.WaitAsync(Patience);
}
