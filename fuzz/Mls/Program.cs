using Skytale.Fuzz.Mls;

return args switch
{
    ["list"] => Commands.List(),
    ["run", var target, var seconds] => Commands.Run(target, seconds, "1"),
    ["run", var target, var seconds, var seed] => Commands.Run(target, seconds, seed),
    ["hex", var target, var input] => Commands.Hex(target, input),
    ["corpus", var target, var folder] => Commands.WriteCorpus(target, folder),
    ["instrument", var assembly] => Commands.Instrument(assembly),
    ["afl", var target] => Commands.UnderAfl(target),
    _ => Commands.Usage(),
};
