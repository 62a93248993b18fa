using System.CommandLine;

namespace Skytale.Cli.Commands.Admin;

/// <summary>What administrators do: those who run the service, not those who use it.</summary>
internal static class AdminCommands
{
    public static Command Tree()
    {
        var admin = new Command("admin", "For who runs the service: see what there is, end what should not be, and read the audit log.") { new AdminLogIn(), new AdminLogOut(), new AdminFiguresShow(), new AdminAccount() };
        foreach (var command in (Command[])[.. AdminLists.All(), .. AdminAct.All()])
            admin.Subcommands.Add(command);
        admin.Subcommands.Add(new Command("audit", "The audit log: what administrators did.") { AdminLists.Audit(), new AuditExport(), new AuditVerify() });
        return admin;
    }
}
