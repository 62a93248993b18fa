using System.Security.Cryptography;
using System.Text;
using RawSeal;
using Skytale.Agent.Keys;
using Skytale.Sdk;

using var folder = new StateFolder();
using var alice = IdentityKey.Generate(RandomNumberGenerator.Fill);
using var bob = IdentityKey.Generate(RandomNumberGenerator.Fill);

// Bob gives his public keys to Alice, and what he needs with the Welcome goes into his folder first.
using var bobsKeys = GroupKeys.Create(bob);
using (var keys = bobsKeys.Serialize())
    folder.Save("bob.keys", keys.Memory);

// Alice makes a group and adds him. Nobody else commits, so her commit is first in its epoch.
using var atAlice = SkytaleGroup.Create(alice, state => folder.Save("alice", state));
var (_, welcome) = atAlice.Add(bobsKeys.Public, bob.Id);
atAlice.Merge();

// The Welcome and every sealed message go over whatever there is: a queue, a file, a mail.
using (var joined = SkytaleGroup.Join(welcome, bobsKeys, bob, state => folder.Save("bob", state)))
{
    folder.Delete("bob.keys");
    using var first = joined.Open(atAlice.Seal("Hello, Bob"u8));
    Console.WriteLine($"{first.Sender}: {Encoding.UTF8.GetString(first.Content)}");
    joined.Save(); // What was opened is not opened again.
}

// Bob's program starts again from what it has saved.
using var atBob = SkytaleGroup.Restore(folder.Load("bob"), bob, state => folder.Save("bob", state));
using var second = atAlice.Open(atBob.Seal("Hello, Alice"u8));
Console.WriteLine($"{second.Sender}: {Encoding.UTF8.GetString(second.Content)}");

// New keys for Alice: her commit goes to Bob before anything is sealed behind it.
atBob.Apply(atAlice.Update());
atAlice.Merge();
using var third = atBob.Open(atAlice.Seal("By new keys"u8));
Console.WriteLine($"{third.Sender}: {Encoding.UTF8.GetString(third.Content)} in epoch {atBob.Epoch}");
