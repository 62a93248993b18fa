using Microsoft.Playwright;
using Skytale.Tests.Browser.Kit;
using Skytale.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace Skytale.Tests.Browser;

/// <summary>What an operator does to accounts, keys and agents, and what comes of it.</summary>
[Trait("Category", "Browser")]
public sealed class ActTests(ServerProcess server, Chromium chromium)
{
    private const int Timeout = 180_000;

    [Fact(Timeout = Timeout)]
    public async Task Revoking_an_agent_ends_its_connection_once_the_question_that_names_it_is_answered()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var channel = await user.CreateChannelAsync("ended", "alice");
        var chat = user.Start("chat", channel, "--agent", "alice");
        await chat.WaitForErrorAsync(line => line.StartsWith("alice is on ", StringComparison.Ordinal));
        var id = await user.IdOfAsync("alice");

        await using var console = await ConsolePage.OpenAsync(chromium, server, $"#agents?search={id}");
        await console.SignInAsync();
        var revoke = console.Page.GetByRole(AriaRole.Button, new() { Name = $"Revoke alice, {id}" });
        await revoke.ClickAsync();
        await Expect(console.Dialog).ToBeVisibleAsync();
        await Expect(console.Dialog).ToContainTextAsync($"alice, {id}");
        await console.KeepPictureAsync("confirmation");
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(console.Dialog).ToBeHiddenAsync();
        await Expect(revoke).ToBeVisibleAsync();

        await revoke.ClickAsync();
        await console.Dialog.GetByLabel("Reason").FillAsync("its key was lost");
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(console.Said).ToContainTextAsync($"Revoke alice, {id}: done");
        await Expect(revoke).ToHaveCountAsync(0);
        await Expect(console.Title).ToBeFocusedAsync();
        await server.Program.WaitForOutputAsync(line => line.Contains("closed: revoked", StringComparison.Ordinal));
        await chat.KillAsync();
        (await user.RunAsync("send", channel, "anyone there?")).ShouldFail(1, "agent");
    }

    [Fact(Timeout = Timeout)]
    public async Task An_account_is_found_suspended_and_restored_by_keyboard_alone()
    {
        await using var user = new User();
        await user.SignUpAsync(server);
        await using var console = await ConsolePage.OpenAsync(chromium, server, "#accounts");
        await console.SignInAsync();
        var keyboard = console.Page.Keyboard;
        await TabToAsync(console, "search");
        await keyboard.TypeAsync(user.Email);
        await keyboard.PressAsync("Enter");
        await Expect(console.Rows).ToHaveCountAsync(1);
        await Expect(console.Title).ToBeFocusedAsync();

        await TabToAsync(console, "Suspend acc_");
        await keyboard.PressAsync("Enter");
        await Expect(console.Dialog.GetByLabel("Reason")).ToBeFocusedAsync();
        await keyboard.PressAsync("Escape");
        await Expect(console.Dialog).ToBeHiddenAsync();
        (await FocusedAsync(console)).ShouldStartWith("Suspend acc_");
        await keyboard.PressAsync("Enter");
        await keyboard.TypeAsync("spam");
        await keyboard.PressAsync("Enter");
        await Expect(console.Rows).ToContainTextAsync("suspended");
        (await SignInAsync(user)).ShouldFail(1, "suspended");

        await TabToAsync(console, "Restore acc_");
        await keyboard.PressAsync("Enter");
        await TabToAsync(console, "confirmation-go");
        await keyboard.PressAsync("Space");
        await Expect(console.Rows).ToContainTextAsync("active");
        (await SignInAsync(user)).ShouldBeDone();
    }

    [Fact(Timeout = Timeout)]
    public async Task What_people_wrote_is_shown_as_text()
    {
        const string Written = "<img src=/x onerror=alert(1)><script>alert(2)</script>";
        await using var user = new User();
        await user.SignUpAsync(server);
        await using var console = await ConsolePage.OpenAsync(chromium, server, $"#accounts?search={user.Email}");
        await console.SignInAsync();
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await console.Dialog.GetByLabel("Reason").FillAsync(Written);
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Expect(console.Said).ToContainTextAsync("done");
        var entry = int.Parse((await console.Said.InnerTextAsync()).Split("entry ")[1].Split(' ')[0]);

        await console.GoAsync($"#audit?after={entry - 1}&limit=1");
        await Expect(console.Rows).ToHaveCountAsync(1);
        await Expect(console.Rows).ToContainTextAsync(Written);
        await Expect(console.Page.Locator("img, tbody script")).ToHaveCountAsync(0);
    }

    private static Task<Finished> SignInAsync(User user) => user.RunWithInputAsync($"{User.Password}\n", "login", "--email", user.Email, "--password-stdin");

    /// <summary>Presses Tab until what has this id, or a name that begins so, has the focus; each stop on the way shows that it has it.</summary>
    private static async Task TabToAsync(ConsolePage console, string name)
    {
        for (var stop = 0; stop < 100; stop++)
        {
            await console.Page.Keyboard.PressAsync("Tab");
            (await console.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle")).ShouldNotBe("none", await FocusedAsync(console));
            if ((await FocusedAsync(console)).StartsWith(name, StringComparison.Ordinal))
                return;
        }
        throw new ShouldAssertException($"Tab does not come to {name}.");
    }

    private static Task<string> FocusedAsync(ConsolePage console) =>
        console.Page.EvaluateAsync<string>("() => document.activeElement.id || document.activeElement.ariaLabel || document.activeElement.textContent");
}
